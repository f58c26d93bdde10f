//! A connection with the statements that it has prepared.

use super::address::Address;
use super::spelling::quoted;
use crate::remote::link::{Cancel, Opening};
use crate::remote::server::Place;
use crate::remote::trouble::Trouble;
use postgres::{Client, Error, SimpleQueryMessage, Statement};
use std::collections::HashMap;
use std::sync::Arc;

/// What begins a statement: what is asked until the next one is asked of one state. A plan is made
/// once: for each list of a million numbers it would take as long as the answer.
const BEGIN: &str = "rollback; begin isolation level repeatable read read only; \
    select set_config(name, value, true) from (values ('plan_cache_mode', 'force_generic_plan'), \
    ('jit', 'off'), ('work_mem', '64MB')) own (name, value) \
    where current_setting(name, true) is not null";

/// Where a password is taken from.
pub(super) const PASSWORD: &str = "PGPASSWORD or from .pgpass in your home folder";

/// A connection with the statements that it has prepared.
pub(super) struct Open {
    pub(super) client: Client,
    prepared: HashMap<String, Statement>,
}

impl Open {
    /// A statement, prepared once.
    pub(super) fn prepared(&mut self, text: &str) -> Result<Statement, Error> {
        if let Some(known) = self.prepared.get(text) {
            return Ok(known.clone());
        }
        let statement = self.client.prepare(text)?;
        self.prepared.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// How to connect to the server at an address.
pub(super) fn opening(address: &Address) -> Opening<Open> {
    let (config, tls) = (address.config.clone(), address.tls.clone());
    Arc::new(move || -> Result<(Open, Cancel), Trouble> {
        let connector = tls.connector()?;
        let client = config.connect(connector.clone())?;
        let token = client.cancel_token();
        let cancel: Cancel = Arc::new(move || drop(token.cancel_query(connector.clone())));
        Ok((Open { client, prepared: HashMap::new() }, cancel))
    })
}

/// How to reach the server at an address.
pub(super) fn place(address: &Address) -> Place<Open> {
    let schema = quoted(&address.graph);
    let text = format!("{BEGIN}; select value::text from {schema}.atlas_meta where key = 'saved'");
    let state = move |open: &mut Open| -> Result<Option<String>, Trouble> {
        let told = open.client.simple_query(&text)?;
        // Those of the settings come first.
        let row = told.iter().rev().find_map(|own| match own {
            SimpleQueryMessage::Row(row) => row.get(0),
            _ => None,
        });
        Ok(row.map(str::to_owned))
    };
    Place {
        told: address.told(),
        password: PASSWORD,
        opening: opening(address),
        state: Arc::new(state),
    }
}
