//! Everything the gateway remembers.

use std::sync::{Arc, PoisonError, RwLock};

use crate::auth::identity::Identities;
use crate::auth::timestamp::now_ms;
use crate::config::Config;
use crate::faults::Faults;
use crate::movies::Movies;
use crate::record::Records;
use crate::server::Options;
use crate::stats::Stats;
use crate::ws::Sockets;

/// The shared state of one gateway.
pub struct State {
    /// Region of the credential scope.
    pub region: String,
    /// Service of the credential scope.
    pub service: String,
    /// The pages that may use the control endpoints; empty for every one.
    pub control_origins: Vec<String>,
    /// Whether connection errors are told on stderr.
    pub verbose: bool,
    first_config: Config,
    config: RwLock<Arc<Config>>,
    /// Who may sign.
    pub identities: Identities,
    /// The movie table.
    pub movies: Movies,
    /// What arrived.
    pub records: Records,
    /// The counters.
    pub stats: Stats,
    /// The rules of faults.
    pub faults: Faults,
    /// The open WebSockets.
    pub sockets: Sockets,
}

impl State {
    /// The state a gateway starts with.
    pub fn new(options: &Options) -> Self {
        let config = Config {
            clock_offset_ms: options.clock_offset_ms,
            cors_on_errors: options.cors_on_errors,
            require_api_id: options.require_api_id.clone(),
            ..Config::default()
        };
        Self {
            region: options.region.clone(),
            service: options.service.clone(),
            control_origins: options.control_origins.clone(),
            verbose: !options.quiet,
            first_config: config.clone(),
            config: RwLock::new(Arc::new(config)),
            identities: Identities::default(),
            movies: Movies::default(),
            records: Records::default(),
            stats: Stats::default(),
            faults: Faults::default(),
            sockets: Sockets::default(),
        }
    }

    /// The configuration of this moment.
    pub fn config(&self) -> Arc<Config> {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Replaces the configuration.
    pub fn set_config(&self, config: Config) {
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
    }

    /// The server's clock, milliseconds since the epoch.
    pub fn clock_ms(&self) -> i64 {
        now_ms().saturating_add(self.config().clock_offset_ms)
    }

    /// Back to the start: configuration, faults, identities, movies, records, counters, WebSockets.
    pub fn reset(&self) {
        self.set_config(self.first_config.clone());
        self.faults.clear();
        self.identities.reset();
        self.movies.reset();
        self.records.clear();
        self.stats.reset();
        self.sockets.close_all();
    }
}
