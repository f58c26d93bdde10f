//! TLS with a server, as `sslmode` and `sslrootcert` of an address say, which mean what they mean to
//! other clients.

use crate::diagnostic::{Diagnostic, one_of};
use crate::remote::trouble::Trouble;
use postgres::config::SslMode;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The modes: their words, whether there must be TLS, and what of the certificate is looked at.
const MODES: [(&str, SslMode, Trust); 6] = [
    ("disable", SslMode::Disable, Trust::Anybody),
    ("allow", SslMode::Prefer, Trust::Anybody),
    ("prefer", SslMode::Prefer, Trust::Anybody),
    ("require", SslMode::Require, Trust::Anybody),
    ("verify-ca", SslMode::Require, Trust::Signed),
    ("verify-full", SslMode::Require, Trust::Named),
];
/// What stands for the certificates of the system in the place of a file.
const SYSTEM: &str = "system";

/// Who a server may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trust {
    Anybody,
    /// Who has a certificate that somebody trusted has signed.
    Signed,
    /// The same, for this very host.
    Named,
}

/// How to speak TLS with a server.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    pub(super) mode: SslMode,
    trust: Trust,
    /// The file of who signs certificates; none for the system's.
    roots: Option<String>,
}

impl Tls {
    /// What an address, or the environment, says.
    pub(super) fn new(mode: Option<&str>, roots: Option<String>) -> Result<Self, Diagnostic> {
        let mode = mode.unwrap_or("prefer");
        let Some((_, found, trust)) = MODES.iter().find(|(word, ..)| *word == mode) else {
            let message = format!("there is no `sslmode={mode}`");
            let words = one_of(MODES.iter().map(|(word, ..)| word));
            return Err(Diagnostic::new("bad-address", message).help(format!("it is {words}")));
        };
        // Who names a signer wants to know.
        let signed = *trust == Trust::Anybody && *found == SslMode::Require && roots.is_some();
        let trust = if signed { Trust::Signed } else { *trust };
        Ok(Self { mode: *found, trust, roots: roots.filter(|file| file != SYSTEM) })
    }

    /// What makes connections.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect, Trouble> {
        let failed = |error: Error| Trouble::NoTls(error.to_string());
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(failed)?;
        let verifier = |roots| {
            let builder =
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider));
            builder.build().map_err(|error| Trouble::NoTls(error.to_string()))
        };
        let signer = match self.trust {
            Trust::Anybody => None,
            Trust::Signed | Trust::Named => Some(verifier(self.signers()?)?),
        };
        let named = self.trust == Trust::Named;
        let verifier = Arc::new(Verifier { signer, named, provider });
        let config = builder.dangerous().with_custom_certificate_verifier(verifier);
        Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
    }

    /// Who may sign certificates.
    fn signers(&self) -> Result<RootCertStore, Trouble> {
        let mut roots = RootCertStore::empty();
        let Some(file) = &self.roots else {
            let found = rustls_native_certs::load_native_certs();
            roots.add_parsable_certificates(found.certs);
            return Ok(roots);
        };
        let failed = |why: String| Trouble::NoTls(format!("{file}: {why}"));
        let found =
            CertificateDer::pem_file_iter(file).map_err(|error| failed(error.to_string()))?;
        for certificate in found {
            let certificate = certificate.map_err(|error| failed(error.to_string()))?;
            roots.add(certificate).map_err(|error| failed(error.to_string()))?;
        }
        Ok(roots)
    }
}

/// Looks at as much of a certificate as is wanted.
#[derive(Debug)]
struct Verifier {
    signer: Option<Arc<WebPkiServerVerifier>>,
    named: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(signer) = &self.signer else { return Ok(ServerCertVerified::assertion()) };
        match signer.verify_server_cert(own, between, name, ocsp, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.named => Ok(ServerCertVerified::assertion()),
            found => found,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, own, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        own: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, own, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
