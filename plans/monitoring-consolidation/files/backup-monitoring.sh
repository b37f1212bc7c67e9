#!/bin/bash
# Backs up the data of Prometheus and Grafana, one archive each.
#
#   scripts/backup-monitoring.sh [FOLDER]      default: /mnt/data/Backups/server/monitoring
#
# Exit code 0: both archives are complete and were read back. Anything else: do not deploy.
#
# A copy of a live TSDB or SQLite file is not a backup. Prometheus could snapshot itself, but only with its admin API
# switched on, which also deletes data; Grafana cannot. So each service is stopped while its volume is read and started
# again at once: a gap of seconds, and it is the moment before a deployment that restarts them anyway.
set -euo pipefail
umask 077

backup_dir=${1:-/mnt/data/Backups/server/monitoring}
keep_days=7
stamp=$(date +%Y%m%d-%H%M%S)
stopped=''

cd "$(dirname "$0")/.."
mkdir -p "$backup_dir"

finish() {
  local status=$?
  trap - EXIT
  rm -f "$backup_dir"/*-"$stamp".partial
  if [ -n "$stopped" ]; then docker compose start "$stopped" || status=1; fi
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

# backup SERVICE FOLDER WITNESS
# FOLDER is where the container has its data; WITNESS is a path that every good archive of it holds.
backup() {
  local service=$1 folder=$2 witness=$3 container volume image partial

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

  if [ -n "$(docker compose ps --quiet --status running "$service")" ]; then
    stopped=$service
    docker compose stop "$service"
  fi
  partial=$backup_dir/$service-$stamp.partial
  # The service's own image has tar, so nothing is pulled, and the archive leaves through standard output.
  docker run --rm --network none --user 0:0 --entrypoint tar \
    --volume "$volume:/data:ro" "$image" -C /data -czf - . >"$partial"
  if [ -n "$stopped" ]; then
    docker compose start "$service"
    stopped=''
  fi

  # Reads the whole archive, and fails where the witness is not in it.
  tar -tzf "$partial" "$witness" >/dev/null
  mv "$partial" "$backup_dir/$service-$stamp.tar.gz"
  echo "backup: $volume -> $backup_dir/$service-$stamp.tar.gz"
}

backup prometheus /prometheus ./wal
backup grafana /var/lib/grafana ./grafana.db

# Old archives go only now, with two good new ones in hand: the last good one is never among them.
find "$backup_dir" -maxdepth 1 -type f \( -name 'prometheus-*.tar.gz' -o -name 'grafana-*.tar.gz' \) \
  -mtime "+$keep_days" -delete
