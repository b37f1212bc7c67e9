#!/bin/sh
# Takes archives that scripts/backup-monitoring.sh made back: each replaces what its service has in its volume.
#
#   scripts/restore-monitoring.sh ARCHIVE…      for instance /mnt/data/Backups/server/monitoring/grafana-20260131-030000.tar.gz
#
# Every archive is looked at before the first service is stopped. One that is empty, cut off, changed, of another volume
# or another owner's is refused, and then nothing is touched. What a volume holds stays beside the new content until
# that is complete; what a killed restore left is put back first by the next one.
#
# Exit code 0: every archive is in place, and what ran before runs again.
set -eu
umask 077

stopped=''
if [ $# -eq 0 ]; then
  echo "restore: which archive? scripts/restore-monitoring.sh ARCHIVE…" >&2
  exit 2
fi
case $1 in /*) backup_dir=$(dirname "$1") ;; *) backup_dir=$PWD/$(dirname "$1") ;; esac
from=$PWD
cd "$(dirname "$0")/.."

refuse() {
  echo "restore: $archive $1; nothing was changed" >&2
  exit 1
}

# The value of a line of the manifest.
said() { sed -n "s/^$1=//p" "$manifest"; }

# look ARCHIVE: sets archive, service, volume, image; ends the script where the archive is not good.
look() {
  case $1 in /*) archive=$1 ;; *) archive=$from/$1 ;; esac
  manifest=${archive%.tar.gz}.manifest
  [ -f "$archive" ] || refuse 'is not there'
  [ -s "$archive" ] || refuse 'is empty'
  [ -f "$manifest" ] || refuse 'has no manifest beside it, so nobody can tell whether it is whole'
  service=$(said service)
  case $service in
    prometheus) folder=/prometheus witness=./wal ;;
    grafana) folder=/var/lib/grafana witness=./grafana.db ;;
    alertmanager) folder=/alertmanager witness=./silences ;;
    loki) folder=/loki witness=./chunks ;;
    *) refuse "is of the service \"$service\", and where that has its data is not known here" ;;
  esac
  case ${archive##*/} in "$service"-*) ;; *) refuse "is by its manifest an archive of $service" ;; esac
  [ "$(wc -c <"$archive" | tr -d ' ')" = "$(said bytes)" ] || refuse "is not $(said bytes) bytes long: it is cut off or changed"
  [ "$(sha256sum <"$archive" | cut -d ' ' -f 1)" = "$(said sha256)" ] || refuse 'is not what was written: its checksum is another'
  listed=$(tar --numeric-owner -tvzf "$archive" "$witness" 2>/dev/null) ||
    refuse "holds no $witness, so it is not of $service, or it cannot be read"
  owner=$(echo "$listed" | awk 'NR == 1 { print $2 }')
  [ "$owner" = "$(said owner)" ] || refuse "holds files of $owner, not of $(said owner)"

  container=$(docker compose ps --all --quiet "$service")
  if [ -z "$container" ]; then
    docker compose up --no-start "$service"
    container=$(docker compose ps --all --quiet "$service")
  fi
  volume=$(docker inspect --format \
    "{{range .Mounts}}{{if eq .Destination \"$folder\"}}{{.Name}}{{end}}{{end}}" "$container")
  image=$(docker inspect --format '{{.Image}}' "$container")
  user=$(docker inspect --format '{{.Config.User}}' "$container")
  [ -n "$volume" ] || refuse "is of $service, which has no volume at $folder"
  [ "$volume" = "$(said volume)" ] || refuse "is of the volume $(said volume), and $service has $volume"
  # A user that is a name, or root, can be compared with nothing, or reads everything.
  case ${user%%:*} in
    '' | 0 | *[!0-9]*) ;;
    *) [ "${user%%:*}" = "${owner%%/*}" ] || refuse "holds files of $owner, and $service runs as $user" ;;
  esac
}

for one in "$@"; do look "$one"; done

exec 9>"$backup_dir/.lock"
if ! flock -n 9; then
  echo "restore: another backup or restore is at work in $backup_dir; nothing was changed" >&2
  exit 1
fi

finish() {
  status=$?
  trap - EXIT
  if [ -n "$stopped" ]; then
    docker compose start "$stopped" && rm -f "$backup_dir/.stopped" || status=1
  fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# Runs in a container with the volume at hand. Nothing of the old content goes before all of the new is there, and each
# stage has a name, so that the next run knows where this one ended: `moving` while the old content is put aside, `old`
# while the new takes its place.
swap='
cd /data
move() {
  for one in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    case ${one##*/} in .restore-*) continue ;; esac
    if [ -e "$one" ] || [ -L "$one" ]; then mv "$one" "$2"; fi
  done
}
put_back() {
  rm -rf .restore-new .restore-done
  if [ -d .restore-old ]; then
    find . -mindepth 1 -maxdepth 1 ! -name ".restore-*" -exec rm -rf {} +
    mv .restore-old .restore-moving
  fi
  if [ -d .restore-moving ]; then
    move .restore-moving .
    rmdir .restore-moving
  fi
}
put_back
trap put_back EXIT
mkdir .restore-new
tar --numeric-owner -xzpf - -C .restore-new
mkdir .restore-moving
move . .restore-moving
mv .restore-moving .restore-old
move .restore-new .
chown "$(stat -c %u:%g .restore-new)" .
chmod "$(stat -c %a .restore-new)" .
sync
mv .restore-old .restore-done
trap - EXIT
rm -rf .restore-done .restore-new
'

for one in "$@"; do
  look "$one"
  if [ -n "$(docker compose ps --quiet --status running "$service")" ]; then
    echo "$service" >"$backup_dir/.stopped"
    stopped=$service
    docker compose stop "$service"
  fi
  docker run --rm --interactive --network none --user 0:0 --entrypoint sh \
    --volume "$volume:/data" "$image" -euc "$swap" <"$archive"
  if [ -n "$stopped" ]; then
    docker compose start "$service"
    stopped=''
    rm -f "$backup_dir/.stopped"
  fi
  echo "restore: $volume has what is in $archive"
done
