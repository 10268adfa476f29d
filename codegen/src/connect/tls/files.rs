//! Certificates and keys in files.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// The certificates in a PEM file, of which there must be one.
pub(super) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let shown = path.display();
    let found = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let found = found.map_err(|error| format!("can't read certificates from {shown}: {error}"))?;
    if found.is_empty() { Err(format!("{shown} holds no certificate in PEM form")) } else { Ok(found) }
}

/// The certificates of the authorities that this machine trusts.
pub(super) fn system_certificates() -> Result<Vec<CertificateDer<'static>>, String> {
    let found = rustls_native_certs::load_native_certs().certs;
    let none = "this system has no certificates of authorities; install its package ca-certificates, or name a file";
    if found.is_empty() { Err(none.to_owned()) } else { Ok(found) }
}

/// The key in a PEM file that only its owner may read, or root and one group, as libpq demands.
pub(super) fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, String> {
    let shown = path.display();
    let metadata = fs::metadata(path).map_err(|error| format!("can't read the key {shown}: {error}"))?;
    let forbidden = if metadata.uid() == 0 { 0o037 } else { 0o077 };
    if metadata.permissions().mode() & forbidden != 0 {
        return Err(format!("the key {shown} is open to others; run `chmod 600 {shown}`"));
    }
    let unusable = |error| format!("can't read a key without passphrase from {shown}: {error}");
    PrivateKeyDer::from_pem_file(path).map_err(unusable)
}
