//! How long is waited, and how it is noticed that the other end is gone.

use std::time::Duration;

use postgres::Config;
use postgres::config::ChannelBinding;

use super::settings::Settings;

/// What a target says of the connection itself.
#[derive(Clone, Debug)]
pub(super) struct Link {
    /// For connecting to each server; `None` waits for ever.
    pub(super) timeout: Option<Duration>,
    keepalives: bool,
    idle: Duration,
    interval: Duration,
    retries: u32,
    unacknowledged: Duration,
    channel_binding: ChannelBinding,
}

const TIMEOUT: u64 = 10;

/// Seconds: a server that vanished is noticed within a minute, where the systems' defaults are hours.
const IDLE: u64 = 30;
const INTERVAL: u64 = 10;
const RETRIES: u64 = 3;

/// Milliseconds that sent data may stay unacknowledged.
const UNACKNOWLEDGED: u64 = 60_000;

impl Link {
    pub(super) fn parse(settings: &Settings) -> Result<Self, Vec<String>> {
        let mut faults = Vec::new();
        let mut number = |name: &str, default: u64| {
            let read = settings.number(name).map_err(|fault| faults.push(fault));
            read.ok().flatten().unwrap_or(default)
        };
        let timeout = number("connect_timeout", TIMEOUT);
        let keepalives = number("keepalives", 1) != 0;
        let idle = Duration::from_secs(at_least_one(number("keepalives_idle", IDLE), IDLE));
        let interval = Duration::from_secs(at_least_one(number("keepalives_interval", INTERVAL), INTERVAL));
        let retries = u32::try_from(at_least_one(number("keepalives_count", RETRIES), RETRIES)).unwrap_or(u32::MAX);
        let unacknowledged = Duration::from_millis(number("tcp_user_timeout", UNACKNOWLEDGED));
        let channel_binding =
            channel_binding(settings).map_err(|fault| faults.push(fault)).unwrap_or(ChannelBinding::Prefer);
        if !faults.is_empty() {
            return Err(faults);
        }
        let timeout = (timeout > 0).then(|| Duration::from_secs(timeout));
        Ok(Self { timeout, keepalives, idle, interval, retries, unacknowledged, channel_binding })
    }

    /// Tells the driver.
    pub(super) fn apply(&self, config: &mut Config) {
        config.keepalives(self.keepalives).keepalives_idle(self.idle).keepalives_interval(self.interval);
        config.keepalives_retries(self.retries).tcp_user_timeout(self.unacknowledged);
        config.channel_binding(self.channel_binding);
    }
}

/// Zero stands for the default.
fn at_least_one(number: u64, default: u64) -> u64 {
    if number == 0 { default } else { number }
}

fn channel_binding(settings: &Settings) -> Result<ChannelBinding, String> {
    match settings.get("channel_binding") {
        None => Ok(ChannelBinding::Prefer),
        Some("disable") => Ok(ChannelBinding::Disable),
        Some("prefer") => Ok(ChannelBinding::Prefer),
        Some("require") => Ok(ChannelBinding::Require),
        Some(_) => Err("`channel_binding` must be disable, prefer or require".to_owned()),
    }
}
