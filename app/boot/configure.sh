#!/bin/bash
# Installs the release's configuration and starts the services. Run by boot.sh; may be repeated.
set -euo pipefail

boot=$(dirname "$(readlink -f "$0")")
export ROOT=/opt/cafe/current APP_USER=cafe PHP=/usr/bin/php CONFIG_FILE=/etc/cafe/app.json
export LOG_DIR=/var/log/cafe STATE_DIR=/run/cafe LOG_GROUP=${LOG_GROUP:-} TLS_PORT=${TLS_PORT:-} HEALTH_PORT=${HEALTH_PORT:-}
export APP_SOCKET=/run/cafe-app.sock HEALTH_SOCKET=/run/cafe-health.sock

if [[ -d /etc/httpd ]]; then
  # Amazon Linux 2023
  export WEB_USER=apache HTTPD_LOG_DIR=/var/log/httpd HTTPD_ERROR_LOG=error_log
  httpd=httpd fpm=php-fpm site=/etc/httpd/conf.d/cafe.conf pools=/etc/php-fpm.d
  # The distribution includes the module and does not load it.
  printf 'LoadModule buffer_module modules/mod_buffer.so\n' >/etc/httpd/conf.modules.d/10-cafe.conf
else
  # Debian
  export WEB_USER=www-data HTTPD_LOG_DIR=/var/log/apache2 HTTPD_ERROR_LOG=error.log
  httpd=apache2 site=/etc/apache2/sites-enabled/000-default.conf
  pools=$(echo /etc/php/*/fpm/pool.d)
  fpm=php$(basename "${pools%/fpm/pool.d}")-fpm
  a2enmod -q alias allowmethods authz_host buffer headers proxy proxy_fcgi reqtimeout rewrite setenvif
fi

id "$APP_USER" >/dev/null 2>&1 || useradd --system --shell /usr/sbin/nologin "$APP_USER"
# Only the application's user writes here. Apache opens its logs as root, so they are elsewhere: a user
# who can write to a folder could make root write through a link in it.
install -d -o "$APP_USER" -g "$APP_USER" -m 0750 "$LOG_DIR"
# The database account is in Secrets Manager, but other users must not read the token either.
chown "root:$APP_USER" "$CONFIG_FILE"
chmod 0640 "$CONFIG_FILE"

place() {
  bash "$boot/render.sh" "$boot/etc/$1" >"$2.new"
  mv "$2.new" "$2"
}

# shellcheck disable=SC2016 # This is a PHP variable, not a shell variable.
DEPLOYMENT=$("$PHP" -r 'echo json_decode(file_get_contents($argv[1]), true)["deployment"];' "$CONFIG_FILE")
export DEPLOYMENT
# Generated here and known nowhere else, unlike the token of the checks, which is in user data and in answers.
if [[ ! -s /etc/cafe/status-token ]]; then
  (umask 077 && openssl rand -hex 16 >/etc/cafe/status-token)
fi
STATUS_TOKEN=$(</etc/cafe/status-token)
export STATUS_TOKEN
export LISTEN_ADDRESSES="*:80${TLS_PORT:+ *:$TLS_PORT}${HEALTH_PORT:+ *:$HEALTH_PORT}"
umask 027
place cafe.conf "$site"
if [[ -n $TLS_PORT ]]; then
  printf 'Define CafeTls\n' | cat - "$site" >"$site.new"
  printf 'Listen %s\n' "$TLS_PORT" ${HEALTH_PORT:+"$HEALTH_PORT"} >>"$site.new"
  mv "$site.new" "$site"
fi
umask 022
# The distribution's pool and welcome page would also answer requests.
rm -f "$pools/www.conf" /etc/httpd/conf.d/welcome.conf /etc/httpd/conf.d/php.conf
place fpm.conf "$pools/cafe.conf"
place cafe.tmpfiles /etc/tmpfiles.d/cafe.conf
place cafe.logrotate /etc/logrotate.d/cafe
place cafe-migrate.service /etc/systemd/system/cafe-migrate.service
place cafe-drain.service /etc/systemd/system/cafe-drain.service
place cafe-watch.service /etc/systemd/system/cafe-watch.service
place cafe-drain.timer /etc/systemd/system/cafe-drain.timer
for service in "$fpm" "$httpd"; do
  install -d "/etc/systemd/system/$service.service.d"
  place cafe-restart.conf "/etc/systemd/system/$service.service.d/cafe.conf"
done

# Without the port for checks: only the balancer can reach it, and no check is turned away.
export WEB_PORTS="80${TLS_PORT:+, $TLS_PORT}"
place cafe.nft /etc/cafe/cafe.nft
place cafe-firewall.service /etc/systemd/system/cafe-firewall.service
place cafe-firewall.timer /etc/systemd/system/cafe-firewall.timer

systemd-tmpfiles --create /etc/tmpfiles.d/cafe.conf
systemctl daemon-reload
# A machine without a firewall still serves, with less protection: this is logged, and is no reason to refuse
# customers.
bash "$boot/firewall.sh" --rules || echo "configure.sh: no firewall; see the lines above" >&2
systemctl enable --now --no-block cafe-firewall.service cafe-firewall.timer
if grep -q '"orders"' "$CONFIG_FILE"; then
  # Started without waiting: a slow database must not keep the shallow check from answering.
  systemctl enable --now --no-block cafe-migrate.service cafe-watch.service cafe-drain.timer
fi
if [[ -n $LOG_GROUP ]]; then
  agent=/opt/aws/amazon-cloudwatch-agent
  place cloudwatch-agent.json "$agent/etc/cafe.json"
  "$agent/bin/amazon-cloudwatch-agent-ctl" -a fetch-config -m ec2 -s -c "file:$agent/etc/cafe.json"
fi

systemctl enable "$fpm" "$httpd"
systemctl restart "$fpm"
systemctl restart "$httpd"

# The proof that it serves: the token, through Apache and PHP. Without it the caller turns Apache off.
# shellcheck disable=SC2016 # This is a PHP variable, not a shell variable.
token=$("$PHP" -r 'echo json_decode(file_get_contents($argv[1]), true)["healthToken"];' "$CONFIG_FILE")
answer=$(curl -fsS --retry 5 --retry-connrefused --max-time 5 http://127.0.0.1/healthcheck)
if [[ $answer != "$token" ]]; then
  echo "configure.sh: /healthcheck answered something else than the token" >&2
  exit 1
fi
