#!/bin/sh
# Backs up the data of Prometheus and Grafana, one archive each.
#
#   scripts/backup.sh [FOLDER]      default: /srv/backup/monitoring
#
# Exit code 0: both archives are complete and were read back. Anything else: do not deploy.
# A live TSDB or SQLite file cannot be copied consistently, so a service is stopped while its volume is read.
set -eu
umask 077

backup_dir=${1:-/srv/backup/monitoring}
keep_days=7
stamp=$(date +%Y%m%d-%H%M%S)
stopped=''

cd "$(dirname "$0")/.."
mkdir -p "$backup_dir"

finish() {
  status=$?
  trap - EXIT
  rm -f "$backup_dir"/*-"$stamp".partial
  if [ -n "$stopped" ]; then docker compose start "$stopped" || status=1; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# backup SERVICE FOLDER WITNESS: the witness is a path that every good archive holds.
backup() {
  service=$1 folder=$2 witness=$3
  container=$(docker compose ps --all --quiet "$service")
  if [ -z "$container" ]; then
    echo "backup: $service has no container here, so there is nothing to copy" >&2
    return 1
  fi
  # Compose puts the project's name before the volume's; ask the engine rather than guess.
  volume=$(docker inspect --format \
    "{{range .Mounts}}{{if eq .Destination \"$folder\"}}{{.Name}}{{end}}{{end}}" "$container")
  image=$(docker inspect --format '{{.Image}}' "$container")
  if [ -z "$volume" ]; then
    echo "backup: $service has no volume at $folder" >&2
    return 1
  fi

  if [ -n "$(docker compose ps --quiet --status running "$service")" ]; then
    stopped=$service
    docker compose stop "$service"
  fi
  partial=$backup_dir/$service-$stamp.partial
  docker run --rm --network none --user 0:0 --entrypoint tar \
    --volume "$volume:/data:ro" "$image" -C /data -czf - . >"$partial"
  if [ -n "$stopped" ]; then
    docker compose start "$service"
    stopped=''
  fi

  # Reads the whole archive, and fails where the witness is not in it.
  tar -tzf "$partial" "$witness" >/dev/null
  mv "$partial" "$backup_dir/$service-$stamp.tar.gz"
  echo "backup: $volume is in $backup_dir/$service-$stamp.tar.gz"
}

backup prometheus /prometheus ./wal
backup grafana /var/lib/grafana ./grafana.db

# Only now, with two good archives in hand, may old ones go.
find "$backup_dir" -maxdepth 1 -type f -name '*.tar.gz' -mtime "+$keep_days" -delete
