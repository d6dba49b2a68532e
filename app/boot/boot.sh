#!/bin/bash
# Turns a plain instance into one of the café's, from cloud-init's user data. May be run again at any time.
# Settings are in /etc/cafe/boot.env, written by the same user data (app/boot/userData.ts):
#   PREBUILT            "yes" when packages and release are in the image already
#   REGION              of this instance, which is also the release bucket's
#   RELEASE_URL         https address of the release archive (tar.gz) in the bucket
#   RELEASE_SHA256      of the archive's tar, so of its content and not of its compression
#   DATABASE_CA_URL     bundle of certificate authorities of the database, or empty
#   TLS_PORT            port on which a balancer hands over what was TLS, or empty
#   HEALTH_PORT         port for health checks alone, or empty
#   LOG_GROUP           CloudWatch Logs group, or empty
#   METADATA_ENDPOINT   of the instance metadata service
set -Eeuo pipefail

ROOT=/opt/cafe/current

# An instance that cannot serve must fail its check: no web server runs unless everything worked.
fail() {
  echo "boot.sh: failed in line $1; the web server stays off" >&2
  local server
  for server in httpd apache2; do
    systemctl disable --now "$server" 2>/dev/null || true
  done
  exit 1
}
trap 'fail "$LINENO"' ERR

# Package mirrors and buckets have bad moments, and a boot has time.
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
    # Amazon Linux 2023: the unversioned names take the newest PHP of the image's own release, which is fixed.
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
  # shellcheck disable=SC2016 # These are PHP's variables and not the shell's.
  read -r key secret token < <(php -r '$c = json_decode(stream_get_contents(STDIN), true);
    echo "$c[AccessKeyId] $c[SecretAccessKey] $c[Token]\n";' <<<"$credentials") || return 1
  # The key and secret go by standard input: command lines can be read by every user of the host.
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
    # Complete or not there: the folder gets its name last.
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
  # Once is enough: a later run must not depend on the package mirrors.
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
