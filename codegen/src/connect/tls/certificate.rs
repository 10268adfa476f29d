//! What a certificate says of itself, where the verifier of browsers does not ask.

use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, Error};
use x509_cert::Certificate;
use x509_cert::der::asn1::{PrintableStringRef, TeletexStringRef, Utf8StringRef};
use x509_cert::der::oid::db::rfc4519::COMMON_NAME;
use x509_cert::der::oid::db::rfc5912::ID_CE_SUBJECT_ALT_NAME;
use x509_cert::der::{Any, Decode};

/// Whether the certificate holds at this moment.
pub(super) fn check_time(certificate: &CertificateDer, now: UnixTime) -> Result<(), Error> {
    let validity = parse(certificate)?.tbs_certificate.validity;
    let seconds = now.as_secs();
    if seconds < validity.not_before.to_unix_duration().as_secs() {
        return Err(CertificateError::NotValidYet.into());
    }
    if seconds > validity.not_after.to_unix_duration().as_secs() {
        return Err(CertificateError::Expired.into());
    }
    Ok(())
}

/// Whether the certificate is for this server: by its alternative names, or if it has none by its common name.
///
/// PostgreSQL documentation, "Client Verification of Server Certificates".
pub(super) fn check_name(certificate: &CertificateDer, name: &ServerName) -> Result<(), Error> {
    let fault = match verify_server_name(&ParsedCertificate::try_from(certificate)?, name) {
        Ok(()) => return Ok(()),
        Err(fault) => fault,
    };
    let parsed = parse(certificate)?;
    let extensions = parsed.tbs_certificate.extensions.iter().flatten();
    if extensions.into_iter().any(|extension| extension.extn_id == ID_CE_SUBJECT_ALT_NAME) {
        return Err(fault);
    }
    let fits = common_name(&parsed).is_some_and(|common| fits(&common, &name.to_str()));
    if fits { Ok(()) } else { Err(fault) }
}

fn parse(certificate: &CertificateDer) -> Result<Certificate, Error> {
    Certificate::from_der(certificate).map_err(|_| CertificateError::BadEncoding.into())
}

fn common_name(certificate: &Certificate) -> Option<String> {
    let mut attributes = certificate.tbs_certificate.subject.0.iter().flat_map(|names| names.0.iter());
    text(&attributes.find(|attribute| attribute.oid == COMMON_NAME)?.value)
}

fn text(value: &Any) -> Option<String> {
    let utf8 = || value.decode_as::<Utf8StringRef>().ok().map(|text| text.as_str().to_owned());
    let printable = || value.decode_as::<PrintableStringRef>().ok().map(|text| text.as_str().to_owned());
    let teletex = || value.decode_as::<TeletexStringRef>().ok().map(|text| text.as_str().to_owned());
    utf8().or_else(printable).or_else(teletex)
}

/// A `*` stands for the first label of a host's name, and for nothing else.
fn fits(common: &str, host: &str) -> bool {
    match (common.strip_prefix("*."), host.split_once('.')) {
        (Some(domain), Some((_, rest))) => domain.eq_ignore_ascii_case(rest),
        (Some(_), None) => false,
        (None, _) => common.eq_ignore_ascii_case(host),
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_is_one_label() {
        assert!(fits("db.example.com", "DB.example.com"));
        assert!(fits("*.example.com", "db.example.com"));
        assert!(!fits("*.example.com", "a.db.example.com"));
        assert!(!fits("*.com", "com"));
        assert!(!fits("example.com", "db.example.com"));
    }
}
