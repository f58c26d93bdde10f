//! Where a graph is: `bolt://user@host:port/database?graph=NAME`.

use crate::diagnostic::Diagnostic;
use crate::remote::address::{Lookup, bad, decoded, without_graph};
use neo4j::driver::ConnectionConfig;
use neo4j::driver::auth::AuthToken;

const FORM: &str = "bolt://USER@HOST:PORT/DATABASE?graph=NAME";
/// Who is meant where there is a password and nobody is named.
const DEFAULT_USER: &str = "neo4j";
/// What holds a password that the address does not.
const PASSWORD: &str = "OPSATLAS_PASSWORD";

/// Where a graph is.
#[derive(Clone)]
pub(crate) struct Address {
    /// The address without user and path, for the driver.
    server: String,
    /// Who asks, and the password.
    user: Option<(String, String)>,
    /// None for the one that the server gives whom it does not ask.
    pub(super) database: Option<String>,
    pub(super) graph: String,
    told: String,
}

impl Address {
    /// Reads an address; a password that it leaves out the environment says.
    pub(crate) fn read(text: &str, lookup: &dyn Lookup) -> Result<Self, Diagnostic> {
        // What is wrong is not repeated: a password may be in it.
        let wrong = || bad("this is no address of a database", FORM);
        let (place, graph) = without_graph(text, FORM)?;
        let (scheme, rest) = place.split_once("://").ok_or_else(wrong)?;
        let scheme = scheme.to_lowercase();
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        let kept = lookup.variable(PASSWORD);
        let user = match user.map(|user| user.split_once(':').unwrap_or((user, ""))) {
            Some((user, password)) => {
                let (user, own) = decoded(user).zip(decoded(password)).ok_or_else(wrong)?;
                let password = if own.is_empty() { kept.unwrap_or_default() } else { own };
                Some((user, password))
            }
            None => kept.map(|password| (DEFAULT_USER.to_owned(), password)),
        };
        let database = decoded(database).ok_or_else(wrong)?;
        let name = if database.is_empty() { String::new() } else { format!("/{database}") };
        let address = Self {
            server: format!("{scheme}://{host}"),
            user,
            database: (!database.is_empty()).then_some(database),
            graph,
            told: format!("{host}{name}"),
        };
        let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
        if plain && address.connection().is_some() { Ok(address) } else { Err(wrong()) }
    }

    /// How to tell it: without a user and a password.
    pub(crate) fn told(&self) -> String {
        self.told.clone()
    }

    /// How to connect: over TLS for `bolt+s` and `neo4j+s`, to the leader of a cluster for `neo4j`.
    pub(super) fn connection(&self) -> Option<ConnectionConfig> {
        self.server.parse().ok()
    }

    /// Who asks.
    pub(super) fn token(&self) -> AuthToken {
        match &self.user {
            Some((user, password)) => AuthToken::new_basic_auth(user, password),
            None => AuthToken::new_none_auth(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;
    use crate::remote::Lookup;

    struct Said(Option<&'static str>);

    impl Lookup for Said {
        fn variable(&self, name: &str) -> Option<String> {
            self.0.filter(|_| name == "OPSATLAS_PASSWORD").map(str::to_owned)
        }

        fn passwords(&self) -> Option<String> {
            None
        }
    }

    fn user(text: &str, said: Option<&'static str>) -> Option<(String, String)> {
        Address::read(text, &Said(said))
            .unwrap_or_else(|problem| panic!("{}", problem.message))
            .user
    }

    #[test]
    fn an_address_names_a_graph() {
        let own = Address::read("neo4j://ana:a%40b@db.example:7/work?graph=my%20team", &Said(None))
            .unwrap_or_else(|problem| panic!("{}", problem.message));
        assert_eq!((own.graph.as_str(), own.told().as_str()), ("my team", "db.example:7/work"));
        assert_eq!(own.user, Some(("ana".to_owned(), "a@b".to_owned())));
        let plain = Address::read("bolt://[::1]", &Said(None));
        assert!(plain.is_ok_and(|own| own.database.is_none() && own.graph == "atlas"));
        let wrong = [
            "bolt://",
            "bolt://h:port",
            "bolt://h/%f",
            "bolt:/h",
            "bolt://h?graph=",
            "bolt://h?x=1",
        ];
        for text in wrong {
            let problem = Address::read(text, &Said(None)).err().map(|problem| problem.code);
            assert_eq!(problem, Some("bad-address"), "{text}");
        }
    }

    #[test]
    fn a_password_left_out_the_environment_says() {
        let pair = |user: &str, password: &str| Some((user.to_owned(), password.to_owned()));
        assert_eq!(user("bolt://h", None), None);
        assert_eq!(user("bolt://h", Some("secret")), pair("neo4j", "secret"));
        assert_eq!(user("bolt://ana@h", Some("secret")), pair("ana", "secret"));
        assert_eq!(user("bolt://ana:own@h", Some("secret")), pair("ana", "own"));
    }
}
