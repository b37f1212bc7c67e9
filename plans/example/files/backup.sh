#!/bin/sh
# Backs up the data of the monitoring stack: one archive for each service, and its manifest beside it.
#
#   scripts/backup.sh [FOLDER [SERVICE…]]      default: /srv/backup/monitoring, the four services below
#
# Exit code 0: every archive is complete and was read back. Anything else: do not deploy. scripts/restore.sh takes
# the archives back.
#
# A copy of a live TSDB or SQLite file is not a backup. Prometheus could snapshot itself, but only with its admin API
# switched on, which also deletes data; Grafana cannot. So each service is stopped while its volume is read and started
# again at once.
set -eu
umask 077

backup_dir=${1:-/srv/backup/monitoring}
if [ $# -gt 0 ]; then shift; fi
if [ $# -eq 0 ]; then set -- prometheus grafana alertmanager loki; fi
keep_days=7
stamp=$(date +%Y%m%d-%H%M%S)
stopped=''

case $backup_dir in /*) ;; *) backup_dir=$PWD/$backup_dir ;; esac
cd "$(dirname "$0")/.."
mkdir -p "$backup_dir"
exec 9>"$backup_dir/.lock"
if ! flock -n 9; then
  echo "backup: another backup or restore is at work in $backup_dir; nothing was copied" >&2
  exit 1
fi

# Until the service runs again, a file says that it was stopped: the next run starts it if this one is killed.
stop_service() {
  echo "$1" >"$backup_dir/.stopped"
  stopped=$1
  docker compose stop "$1"
}
start_service() {
  docker compose start "$1"
  stopped=''
  rm -f "$backup_dir/.stopped"
}

finish() {
  status=$?
  trap - EXIT
  rm -f "$backup_dir"/*.partial
  if [ -n "$stopped" ]; then start_service "$stopped" || status=1; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

if [ -s "$backup_dir/.stopped" ]; then start_service "$(cat "$backup_dir/.stopped")"; fi

# Where a service has its data, and a path that every good archive of it holds.
place_of() {
  case $1 in
    prometheus) folder=/prometheus witness=./wal ;;
    grafana) folder=/var/lib/grafana witness=./grafana.db ;;
    alertmanager) folder=/alertmanager witness=./silences ;;
    loki) folder=/loki witness=./chunks ;;
    *)
      echo "backup: where $1 has its data is not known here" >&2
      return 1
      ;;
  esac
}

# backup SERVICE
backup() {
  service=$1
  place_of "$service"
  container=$(docker compose ps --all --quiet "$service")
  if [ -z "$container" ]; then
    echo "backup: no container of $service in this project; nothing was copied" >&2
    return 1
  fi
  # Compose puts the project's name before the volume's. The engine knows what is mounted; nothing is guessed.
  volume=$(docker inspect --format \
    "{{range .Mounts}}{{if eq .Destination \"$folder\"}}{{.Name}}{{end}}{{end}}" "$container")
  image=$(docker inspect --format '{{.Image}}' "$container")
  if [ -z "$volume" ]; then
    echo "backup: $service has no volume at $folder; nothing was copied" >&2
    return 1
  fi

  archive=$backup_dir/$service-$stamp
  if [ -n "$(docker compose ps --quiet --status running "$service")" ]; then stop_service "$service"; fi
  # The service's own image has tar, so nothing is pulled, and the archive leaves through standard output.
  docker run --rm --network none --user 0:0 --entrypoint tar \
    --volume "$volume:/data:ro" "$image" -C /data -czf - . >"$archive.tar.gz.partial"
  if [ -n "$stopped" ]; then start_service "$service"; fi

  # Reads the whole archive, and fails where the witness is not in it.
  listed=$(tar --numeric-owner -tvzf "$archive.tar.gz.partial" "$witness")
  {
    echo "service=$service"
    echo "volume=$volume"
    echo "owner=$(echo "$listed" | awk 'NR == 1 { print $2 }')"
    echo "bytes=$(wc -c <"$archive.tar.gz.partial" | tr -d ' ')"
    echo "sha256=$(sha256sum <"$archive.tar.gz.partial" | cut -d ' ' -f 1)"
  } >"$archive.manifest.partial"
  sync
  # The archive gets its name last: whatever has one is complete and has its manifest.
  mv "$archive.manifest.partial" "$archive.manifest"
  mv "$archive.tar.gz.partial" "$archive.tar.gz"
  echo "backup: $volume is in $archive.tar.gz"
}

for one in "$@"; do backup "$one"; done

# Old archives go only now, with a good new one of the same service in hand: the last good one is never among them.
for one in "$@"; do
  find "$backup_dir" -maxdepth 1 -type f \( -name "$one-*.tar.gz" -o -name "$one-*.manifest" \) \
    -mtime "+$keep_days" -delete
done
