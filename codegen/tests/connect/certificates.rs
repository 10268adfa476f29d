//! Certificates of an authority that lasts as long as the test.

use rcgen::{BasicConstraints, Certificate, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// An authority, and its own certificate.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// A certificate and its key, as PEM.
pub struct Pair {
    pub certificate: String,
    pub key: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = named(name, &[]);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// A certificate with a common name, and with alternative names if there are some.
    pub fn issue(&self, common: &str, alternatives: &[&str]) -> Pair {
        let key = KeyPair::generate().unwrap();
        pair(named(common, alternatives).signed_by(&key, &self.issuer).unwrap(), &key)
    }
}

/// A certificate as `openssl req -x509` makes it: it is its own authority.
pub fn self_signed(common: &str, expired: bool) -> Pair {
    let mut params = named(common, &[]);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    if expired {
        params.not_after = rcgen::date_time_ymd(2020, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    pair(params.self_signed(&key).unwrap(), &key)
}

fn named(common: &str, alternatives: &[&str]) -> CertificateParams {
    let alternatives: Vec<String> = alternatives.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(alternatives).unwrap();
    params.distinguished_name.push(DnType::CommonName, common);
    params
}

fn pair(certificate: Certificate, key: &KeyPair) -> Pair {
    Pair { certificate: certificate.pem(), key: key.serialize_pem() }
}
