#!/bin/sh
# Takes the configuration of the monitoring stack back. The data is another matter: scripts/restore-monitoring.sh.
#
#   scripts/rollback-monitoring.sh quick COMMIT      in a checkout: reverts the commit, and deploys the folder as it was
#   scripts/rollback-monitoring.sh full [ARCHIVE]    on the server: the folder as an archive has it; default: the newest
#                                                    /mnt/data/Backups/server/monitoring/pre-migration-*.tar.gz
#
# quick reads DEPLOY_USER, DEPLOY_HOST and DEPLOY_PATH; their defaults are those of the pipeline. It leaves the files
# alone that git does not know. full replaces the whole folder and keeps what was there as pre-rollback-*.tar.gz.
#
# Exit code 0: the stack runs with the old configuration. 1: it says what is wrong, and up to where it came.
set -eu
umask 077

backups=${BACKUP_DIR:-/mnt/data/Backups/server/monitoring}
stamp=$(date +%Y%m%d-%H%M%S)

refuse() {
  echo "rollback: $1" >&2
  exit 1
}

quick() {
  commit=$(git rev-parse --verify --quiet "$1^{commit}") || refuse "there is no commit $1 here; nothing was changed"
  target="${DEPLOY_USER:-agent}@${DEPLOY_HOST:-10.0.0.84}"
  path=${DEPLOY_PATH:-/opt/wizardsofts-megabuild}
  cd "$(git rev-parse --show-toplevel)"
  [ -z "$(git status --porcelain --untracked-files=no)" ] || refuse 'the checkout has changes; nothing was changed'
  git revert --no-edit "$commit"
  # The folder first, whole and beside the one that runs: what breaks off here has stopped nothing.
  git archive --format=tar HEAD infrastructure/monitoring |
    ssh "$target" "set -eu; umask 022; rm -rf '$path/.rollback'; mkdir -p '$path/.rollback'; tar -xf - -C '$path/.rollback'"
  # The containers are stopped by the file that started them, and started by the old one.
  ssh "$target" "set -eu; cd '$path/infrastructure/monitoring'; docker compose down --remove-orphans; cp -a '$path/.rollback/infrastructure/monitoring/.' .; rm -rf '$path/.rollback'; docker compose up -d; docker compose ps"
  echo "rollback: $commit is reverted, and the stack on $target runs as before it; push the revert"
}

full() {
  folder=$(cd "$(dirname "$0")/.." && pwd)
  archive=${1:-$(find "$backups" -maxdepth 1 -name 'pre-migration-*.tar.gz' -exec ls -1t {} + | head -n 1)}
  [ -n "$archive" ] || refuse "there is no pre-migration-*.tar.gz in $backups; nothing was changed"
  [ -s "$archive" ] || refuse "$archive is not there, or empty; nothing was changed"
  # Unpacked whole before anything stops. The deployment packs the folder itself, stackproof snapshot the repository.
  new=$folder.rollback-$stamp
  old=$folder.replaced-$stamp
  # Folders that no archive names are made here, and the services that read them have users of their own.
  umask 022
  mkdir "$new"
  trap 'rm -rf "$new"' EXIT
  tar -xzf "$archive" -C "$new" || refuse "$archive cannot be read; nothing was changed"
  from=$new
  if [ -d "$new/repository" ]; then from=$new/repository/infrastructure/monitoring; fi
  [ -f "$from/docker-compose.yml" ] || refuse "$archive holds no docker-compose.yml of the stack; nothing was changed"
  umask 077
  mkdir -p "$backups"
  tar -czf "$backups/pre-rollback-$stamp.tar.gz.partial" -C "$folder" .
  mv "$backups/pre-rollback-$stamp.tar.gz.partial" "$backups/pre-rollback-$stamp.tar.gz"
  cd "$folder"
  docker compose down --remove-orphans
  # The name of the folder is the name of the project, and so of the volumes: it stays.
  cd /
  mv "$folder" "$old"
  mv "$from" "$folder"
  cd "$folder"
  docker compose up -d
  docker compose ps
  rm -rf "$old"
  echo "rollback: $folder is as in $archive; what it held is in $backups/pre-rollback-$stamp.tar.gz"
}

case ${1:-} in
  quick)
    [ $# -eq 2 ] || refuse 'which commit? rollback-monitoring.sh quick COMMIT'
    quick "$2"
    ;;
  full) full "${2:-}" ;;
  *) refuse 'quick COMMIT, or full [ARCHIVE]?' ;;
esac
exit
