#!/bin/sh
# Carries the data over from another compose project. Before the consolidation the same containers may have been started
# from another folder; then their volumes have that folder's name before their own, and this stack would start empty.
#
#   scripts/carry-over-volumes.sh
#
# A container of this stack's name that belongs to another project is stopped and renamed (prometheus-before), and what
# its volume holds is copied. Neither it nor its volume is removed: that is for a person, once all is well. Where both
# volumes hold data nothing is touched, for nobody here knows which is right. Where anything fails, the old containers
# run again as before.
#
# Exit code 0: there was nothing to carry over, or all of it is, and the containers of this stack are made, not started.
set -eu

cd "$(dirname "$0")/.."
own=$(docker compose config | sed -n 's/^name: //p')
[ -n "$own" ] || {
  echo 'carry-over: compose does not say what this project is called; nothing was changed' >&2
  exit 1
}

# Where a service has its data, and which volume of this stack is for it.
place_of() {
  case $1 in
    prometheus) folder=/prometheus volume=${own}_prometheus-data ;;
    grafana) folder=/var/lib/grafana volume=${own}_grafana-data ;;
    alertmanager) folder=/alertmanager volume=${own}_alertmanager-data ;;
    loki) folder=/loki volume=${own}_loki-data ;;
    *) folder='' volume='' ;;
  esac
}
# What a container has at a folder: a volume's name, or a folder of the host.
source_of() {
  docker inspect --format "{{range .Mounts}}{{if eq .Destination \"$folder\"}}{{if .Name}}{{.Name}}{{else}}{{.Source}}{{end}}{{end}}{{end}}" "$1"
}
# Runs a script in the container's own image, as root, with both volumes at hand.
with_both() {
  docker run --rm --network none --user 0:0 --entrypoint sh --volume "$2:/from:ro" --volume "$volume:/to" \
    "$(docker inspect --format '{{.Image}}' "$1")" -euc "$3"
}

foreign=''
for name in prometheus grafana alertmanager loki promtail node-exporter cadvisor; do
  [ -n "$(docker ps --all --quiet --filter "name=^/$name\$")" ] || continue
  project=$(docker inspect --format '{{index .Config.Labels "com.docker.compose.project"}}' "$name")
  [ "$project" = "$own" ] || foreign="$foreign $name"
done
if [ -z "$foreign" ]; then
  echo 'carry-over: no container of this stack belongs to another project'
  exit 0
fi

# Everything is looked at before the first container is stopped.
made=''
for name in $foreign; do
  place_of "$name"
  if [ -z "$folder" ] || [ -z "$(source_of "$name")" ]; then continue; fi
  if ! docker volume inspect "$volume" >/dev/null 2>&1; then
    made="$made $volume"
  elif [ -n "$(with_both "$name" "$(source_of "$name")" 'ls -A /to')" ]; then
    echo "carry-over: $(source_of "$name") and $volume both hold data of $name; nothing was changed" >&2
    exit 1
  fi
done

put_back() {
  status=$?
  trap - EXIT
  echo 'carry-over: failed; the old containers run again' >&2
  docker compose rm --force --stop || true
  for volume in $made; do docker volume rm "$volume" >/dev/null 2>&1 || true; done
  for name in $foreign; do
    docker rename "$name-before" "$name" 2>/dev/null || true
    docker start "$name" || true
  done
  exit "$status"
}
trap put_back EXIT
trap 'exit 130' INT TERM HUP
for name in $foreign; do
  docker stop "$name"
  docker rename "$name" "$name-before"
done
docker compose up --no-start
for name in $foreign; do
  place_of "$name"
  if [ -z "$folder" ]; then continue; fi
  from=$(source_of "$name-before")
  if [ -z "$from" ]; then continue; fi
  with_both "$name-before" "$from" 'cp -a /from/. /to/ && diff -r /from /to'
  echo "carry-over: $volume has what $from holds"
done
trap - EXIT
echo "carry-over: done. What is left of the old project:$(for name in $foreign; do printf ' %s-before' "$name"; done)"
