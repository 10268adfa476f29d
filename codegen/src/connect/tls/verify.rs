//! Whether a server's certificate is good enough.

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use super::certificate;

/// Judges as libpq does, which differs from browsers: in what is verified, and in that a certificate may vouch for
/// itself or have its name where old certificates have it.
#[derive(Debug)]
pub(super) struct Verifier {
    /// `None` accepts every certificate.
    pub(super) chain: Option<Chain>,
    pub(super) provider: Arc<CryptoProvider>,
}

/// What a certificate must lead up to.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) verifier: Arc<WebPkiServerVerifier>,
    pub(super) roots: Vec<CertificateDer<'static>>,
    pub(super) name_matters: bool,
}

impl Chain {
    fn verify(
        &self,
        server: &CertificateDer,
        others: &[CertificateDer],
        name: &ServerName,
        now: UnixTime,
    ) -> Result<(), Error> {
        // A self-signed certificate that is named as its own root is an authority, which no chain may end in.
        if self.roots.iter().any(|root| root.as_ref() == server.as_ref()) {
            certificate::check_time(server, now)?;
            return if self.name_matters { certificate::check_name(server, name) } else { Ok(()) };
        }
        // The name is looked at last, so a fault of the name says that all else is good.
        match self.verifier.verify_server_cert(server, others, name, &[], now) {
            Err(error) if is_about_name(&error) && !self.name_matters => Ok(()),
            Err(error) if is_about_name(&error) && certificate::check_name(server, name).is_ok() => Ok(()),
            verdict => verdict.map(|_| ()),
        }
    }
}

fn is_about_name(error: &Error) -> bool {
    use CertificateError::{NotValidForName, NotValidForNameContext};
    matches!(error, Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. }))
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        server: &CertificateDer,
        others: &[CertificateDer],
        name: &ServerName,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(chain) = &self.chain {
            chain.verify(server, others, name, now)?;
        }
        Ok(ServerCertVerified::assertion())
    }

    /// Always verified: channel binding relies on it that the server holds the key of the certificate that it shows.
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
