#!/bin/bash
# Turns a plain instance into a café instance, from cloud-init's user data. Can be run again at any time.
# Settings are in /etc/cafe/boot.env, written by the same user data (app/boot/userData.ts):
#   PREBUILT            "yes" if the image already contains packages and release
#   REGION              of this instance and of the release bucket
#   RELEASE_URL         https address of the release archive (tar.gz) in the bucket
#   RELEASE_SHA256      of the archive's tar, so of its content and not of its compression
#   DATABASE_CA_URL     bundle of certificate authorities of the database, or empty
#   TLS_PORT            port to which a balancer forwards decrypted TLS, or empty
#   HEALTH_PORT         port only for health checks, or empty
#   LOG_GROUP           CloudWatch Logs group, or empty
#   METADATA_ENDPOINT   of the instance metadata service
set -Eeuo pipefail

ROOT=/opt/cafe/current

# An instance that cannot serve must fail its check: the web server runs only if everything succeeded.
fail() {
  echo "boot.sh: failed in line $1; the web server stays off" >&2
  local server
  for server in httpd apache2; do
    systemctl disable --now "$server" 2>/dev/null || true
  done
  exit 1
}
trap 'fail "$LINENO"' ERR

# Package mirrors and buckets sometimes fail, and a boot has time to retry.
retry() {
  local attempt
  for attempt in 1 2 3 4 5; do
    "$@" && return 0
    echo "boot.sh: attempt $attempt of 5 failed: $1 $2" >&2
    sleep $((attempt * ${RETRY_PAUSE_SECONDS:-5}))
  done
  return 1
}

install_packages() {
  if command -v dnf >/dev/null; then
    # Amazon Linux 2023: the unversioned names install the newest PHP of the image's release, which is fixed.
    retry dnf install -y --setopt=install_weak_deps=False \
      httpd php-fpm php-cli php-mysqlnd php-mbstring php-opcache \
      nftables openssl tar gzip logrotate ${LOG_GROUP:+amazon-cloudwatch-agent}
  else
    export DEBIAN_FRONTEND=noninteractive
    retry apt-get update
    retry apt-get install -y --no-install-recommends \
      apache2 php-fpm php-cli php-mysql php-mbstring \
      nftables ca-certificates curl openssl logrotate
  fi
}

metadata() {
  curl -fsS --retry 5 --retry-connrefused --max-time 5 -H "X-aws-ec2-metadata-token: $metadata_token" \
    "$METADATA_ENDPOINT/latest/$1"
}

# The bucket is private: the request is signed with the instance role's credentials.
download_release() {
  local metadata_token role credentials key secret token
  metadata_token=$(curl -fsS --retry 5 --retry-connrefused --max-time 5 -X PUT \
    -H "X-aws-ec2-metadata-token-ttl-seconds: 300" "$METADATA_ENDPOINT/latest/api/token") || return 1
  role=$(metadata meta-data/iam/security-credentials/) || return 1
  credentials=$(metadata "meta-data/iam/security-credentials/$role") || return 1
  # shellcheck disable=SC2016 # These are PHP variables, not shell variables.
  read -r key secret token < <(php -r '$c = json_decode(stream_get_contents(STDIN), true);
    echo "$c[AccessKeyId] $c[SecretAccessKey] $c[Token]\n";' <<<"$credentials") || return 1
  # The key and secret are passed on standard input: every user of the host can read command lines.
  printf 'user = "%s:%s"\nheader = "x-amz-security-token: %s"\n' "$key" "$secret" "$token" |
    curl -fsS --max-time 60 --aws-sigv4 "aws:amz:$REGION:s3" --config - -o "$1" "$RELEASE_URL"
}

fetch_release() {
  local home=/opt/cafe/releases/$RELEASE_SHA256 work
  if [[ ! -d $home ]]; then
    work=$(mktemp -d /opt/cafe/releases/.new.XXXXXX)
    retry download_release "$work/site.tar.gz"
    gunzip "$work/site.tar.gz"
    echo "$RELEASE_SHA256  $work/site.tar" | sha256sum --check --quiet
    mkdir "$work/site"
    tar -x --no-same-owner -C "$work/site" -f "$work/site.tar"
    chmod -R u=rwX,go=rX "$work/site"
    # The folder gets its name last, so that it is complete or absent.
    mv "$work/site" "$home"
    rm -rf "$work"
  fi
  ln -sfn "$home" "$ROOT.new"
  mv -T "$ROOT.new" "$ROOT"
}

# shellcheck source=/dev/null
source /etc/cafe/boot.env
if [[ $PREBUILT != yes ]]; then
  mkdir -p /opt/cafe/releases
  # Only once: a later run must not depend on the package mirrors.
  if [[ ! -e /opt/cafe/.packages-installed ]]; then
    install_packages
    touch /opt/cafe/.packages-installed
  fi
  rm -rf /opt/cafe/releases/.new.*
  fetch_release
fi
if [[ -n $DATABASE_CA_URL ]]; then
  retry curl -fsS --max-time 30 -o /etc/cafe/database-ca.pem.new "$DATABASE_CA_URL"
  mv /etc/cafe/database-ca.pem.new /etc/cafe/database-ca.pem
fi
export TLS_PORT HEALTH_PORT LOG_GROUP
bash "$ROOT/boot/configure.sh"
