//! Where a graph is: `postgres://user@host/database?graph=NAME`.

use super::tls::Tls;
use crate::diagnostic::Diagnostic;
use crate::remote::address::{Lookup, bad, decoded, without_graph};
use postgres::config::Host;
use std::time::Duration;

/// How long opening a connection may take.
const PATIENCE: Duration = Duration::from_secs(10);
const FORM: &str = "postgres://USER@HOST:PORT/DATABASE?graph=NAME";

/// Where a graph is.
#[derive(Clone)]
pub(crate) struct Address {
    pub(super) config: postgres::Config,
    pub(super) tls: Tls,
    /// The schema that holds it.
    pub(super) graph: String,
}

impl Address {
    /// Reads an address; what it leaves out the environment says, as for other programs.
    pub(crate) fn read(text: &str, lookup: &dyn Lookup) -> Result<Self, Diagnostic> {
        let (plain, graph) = without_graph(text, FORM)?;
        let graph = checked(graph)?;
        let (plain, [mode, roots]) = without(&plain, ["sslmode=", "sslrootcert="])?;
        let mode = mode.or_else(|| lookup.variable("PGSSLMODE"));
        let tls = Tls::new(mode.as_deref(), roots.or_else(|| lookup.variable("PGSSLROOTCERT")))?;
        // What is wrong is not repeated: a password may be in it.
        let mut config: postgres::Config =
            plain.parse().map_err(|_| bad("this is no address of a database", FORM))?;
        config.ssl_mode(tls.mode);
        fill(&mut config, lookup);
        config.application_name("opsatlas");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        Ok(Self { config, tls, graph })
    }

    /// How to tell it: without a password.
    pub(crate) fn told(&self) -> String {
        let host = match self.config.get_hosts().first() {
            Some(Host::Tcp(host)) => host.clone(),
            #[cfg(unix)]
            Some(Host::Unix(path)) => path.display().to_string(),
            None => String::new(),
        };
        let port = self.config.get_ports().first().map_or(String::new(), |port| format!(":{port}"));
        format!("{host}{port}/{}", self.database())
    }

    fn database(&self) -> &str {
        self.config.get_dbname().or(self.config.get_user()).unwrap_or("postgres")
    }
}

/// An address without some of its parameters, and what they say.
fn without<const N: usize>(
    address: &str,
    names: [&str; N],
) -> Result<(String, [Option<String>; N]), Diagnostic> {
    let (place, parameters) = address.split_once('?').unwrap_or((address, ""));
    let mut all: Vec<&str> = parameters.split('&').filter(|own| !own.is_empty()).collect();
    let found = names.map(|name| {
        let value = all.iter().rev().find_map(|own| own.strip_prefix(name));
        all.retain(|own| !own.starts_with(name));
        value
    });
    let text = |value: &str| decoded(value).ok_or_else(|| bad("a parameter is no text", FORM));
    let mut values = [const { None }; N];
    for (value, found) in values.iter_mut().zip(found) {
        *value = found.map(text).transpose()?;
    }
    let question = if all.is_empty() { "" } else { "?" };
    Ok((format!("{place}{question}{}", all.join("&")), values))
}

/// A name that can be a schema's.
fn checked(name: String) -> Result<String, Diagnostic> {
    let system = ["pg_", "information_schema", "public"];
    if !system.iter().any(|own| name.starts_with(own)) {
        return Ok(name);
    }
    let message = "the name of a graph does not begin with `pg_`, `public` or `information_schema`";
    Err(bad(message, FORM))
}

/// What the address leaves out, from the environment.
fn fill(config: &mut postgres::Config, lookup: &dyn Lookup) {
    if config.get_hosts().is_empty() {
        config.host(lookup.variable("PGHOST").as_deref().unwrap_or("localhost"));
    }
    if config.get_ports().is_empty()
        && let Some(port) = lookup.variable("PGPORT").and_then(|port| port.parse().ok())
    {
        config.port(port);
    }
    if config.get_user().is_none() {
        let user = ["PGUSER", "USER", "USERNAME"].iter().find_map(|name| lookup.variable(name));
        config.user(&user.unwrap_or_else(|| "postgres".to_owned()));
    }
    if config.get_dbname().is_none()
        && let Some(database) = lookup.variable("PGDATABASE")
    {
        config.dbname(&database);
    }
    if config.get_password().is_none() {
        let kept = || from_file(config, &lookup.passwords()?);
        if let Some(password) = lookup.variable("PGPASSWORD").or_else(kept) {
            config.password(&password);
        }
    }
}

/// The password in a file whose lines are `host:port:database:user:password`, `*` for any.
fn from_file(config: &postgres::Config, text: &str) -> Option<String> {
    let host = match config.get_hosts().first()? {
        Host::Tcp(host) => host.clone(),
        #[cfg(unix)]
        Host::Unix(_) => "localhost".to_owned(),
    };
    let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
    let user = config.get_user()?;
    let wanted = [&*host, &*port, config.get_dbname().unwrap_or(user), user];
    text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
        let parts = fields(line);
        let (password, places) = parts.split_last()?;
        let fits = places.len() == wanted.len()
            && places.iter().zip(wanted).all(|(own, wanted)| own == "*" || own == wanted);
        fits.then(|| password.clone())
    })
}

/// The parts of a line; `\` takes the sign behind it as it is.
fn fields(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let escaped = if letter == '\\' { letters.next() } else { None };
        if letter == ':' && parts.len() < 5 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(escaped.unwrap_or(letter));
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Address, fields};
    use crate::remote::Lookup;
    use std::collections::HashMap;

    #[derive(Default)]
    struct Said(HashMap<&'static str, &'static str>, Option<&'static str>);

    impl Lookup for Said {
        fn variable(&self, name: &str) -> Option<String> {
            self.0.get(name).map(|value| (*value).to_owned())
        }

        fn passwords(&self) -> Option<String> {
            self.1.map(str::to_owned)
        }
    }

    fn read(text: &str, said: &Said) -> Address {
        Address::read(text, said).unwrap_or_else(|problem| panic!("{text}: {}", problem.message))
    }

    #[test]
    fn an_address_names_a_graph() {
        let nothing = Said::default();
        let own = read("postgres://ana@db.example:6543/work?graph=my%20team", &nothing);
        assert_eq!((own.graph.as_str(), own.told().as_str()), ("my team", "db.example:6543/work"));
        assert_eq!(read("postgresql://ana@x/y", &nothing).graph, "atlas");
        for bad in ["pg_x", "public", "%00", "%f", "%ff", &"n".repeat(49), ""] {
            let text = format!("postgres://ana@x/y?graph={bad}");
            let problem = Address::read(&text, &nothing).err().map(|problem| problem.code);
            assert_eq!(problem, Some("bad-address"), "{bad}");
        }
        let problem = |text| Address::read(text, &nothing).err().map(|problem| problem.code);
        assert_eq!(problem("postgres://x:y:z"), Some("bad-address"));
        assert_eq!(problem("postgres://x/y?sslmode=full"), Some("bad-address"));
    }

    #[test]
    fn an_address_says_how_safe_it_is() {
        let mode = |text: &str, said: &Said| {
            let tls = read(&format!("postgres://ana@x/y{text}"), said).tls;
            format!("{:?} {:?}", tls.mode, tls)
        };
        let nothing = Said::default();
        let file = "?sslmode=require&sslrootcert=%2Fa&application_name=z";
        let environment = Said([("PGSSLMODE", "verify-full")].into(), None);
        for (text, said, mode_of, trust) in [
            ("", &nothing, "Prefer", "Anybody"),
            ("?sslmode=disable", &nothing, "Disable", "Anybody"),
            ("?sslmode=require", &nothing, "Require", "Anybody"),
            (file, &nothing, "Require", "Signed"),
            ("?sslmode=verify-ca", &nothing, "Require", "Signed"),
            ("", &environment, "Require", "Named"),
            ("?sslmode=require", &environment, "Require", "Anybody"),
        ] {
            let told = mode(text, said);
            assert!(told.starts_with(mode_of) && told.contains(trust), "{text}: {told}");
        }
    }

    #[test]
    fn what_is_left_out_the_environment_says() {
        let said = Said([("PGUSER", "u"), ("PGPORT", "7"), ("PGPASSWORD", "secret")].into(), None);
        let own = read("postgres://h/d", &said);
        assert_eq!(own.config.get_password(), Some(&b"secret"[..]));
        assert_eq!((own.config.get_user(), own.told().as_str()), (Some("u"), "h:7/d"));
        let file = Said(HashMap::new(), Some("# note\nh:1:d:u:no\nh:5432:*:u:a\\:b\\\\c\n"));
        let own = read("postgres://u@h/d", &file);
        assert_eq!(own.config.get_password(), Some(&b"a:b\\c"[..]));
        assert_eq!(fields("a:b:c:d:e:f"), ["a", "b", "c", "d", "e:f"]);
    }
}
