//! Encryption, with the meanings that libpq gives to `sslmode` and its companions.
//!
//! PostgreSQL documentation, "SSL Support" of libpq. Nothing is set up, and no certificate read, before a connection
//! over the network needs it.

mod certificate;
mod files;
mod options;
mod verify;

use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion, version};
use tokio_postgres_rustls::MakeRustlsConnect;

pub(super) use options::{Mode, Tls};

use options::{Identity, Roots};
use verify::{Chain, Verifier};

/// The protocol name that a server wants to hear when encryption begins at once (PostgreSQL documentation, "ALPN").
const PROTOCOL: &[u8] = b"postgresql";

/// What the driver needs to encrypt; reads the certificates.
pub(super) fn connector(tls: &Tls) -> Result<MakeRustlsConnect, String> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = verifier(tls, &provider)?;
    let versions: &[&SupportedProtocolVersion] =
        if tls.only_newest { &[&version::TLS13] } else { &[&version::TLS12, &version::TLS13] };
    let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions);
    let builder = builder.map_err(|error| format!("TLS can't be set up: {error}"))?;
    let builder = builder.dangerous().with_custom_certificate_verifier(verifier);
    let mut config = match &tls.identity {
        Some(Identity { certificate, key }) => {
            let chain = files::certificates(certificate)?;
            let refused = |error| format!("the client certificate {} can't be used: {error}", certificate.display());
            builder.with_client_auth_cert(chain, files::private_key(key)?).map_err(refused)?
        }
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(MakeRustlsConnect::new(config))
}

fn verifier(tls: &Tls, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, String> {
    let roots = match &tls.roots {
        Roots::None => return Ok(Arc::new(Verifier { chain: None, provider: Arc::clone(provider) })),
        Roots::System => files::system_certificates()?,
        Roots::File(path) => files::certificates(path)?,
    };
    let chain =
        Chain { verifier: chain_verifier(&roots, provider)?, roots, name_matters: tls.mode == Mode::VerifyFull };
    Ok(Arc::new(Verifier { chain: Some(chain), provider: Arc::clone(provider) }))
}

fn chain_verifier(
    roots: &[CertificateDer<'static>],
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<WebPkiServerVerifier>, String> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots.iter().cloned());
    let builder = WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider));
    builder.build().map_err(|error| format!("the root certificates can't be used: {error}"))
}
