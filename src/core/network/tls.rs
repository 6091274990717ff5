//! Which certificates are good, and why one is not.
//!
//! Owns the roots, certificates that are trusted by themselves, and the names that Node.js has for what is wrong with
//! one. Must not know: where roots come from.

use std::fmt;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError, RootCertStore,
    SignatureScheme,
};

use crate::core::error::{Error, Result};

/// Why a certificate is not good, by Node's name for it.
#[derive(Debug)]
pub struct Rejected {
    /// Node's code.
    pub code: &'static str,
    words: &'static str,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words)
    }
}

impl std::error::Error for Rejected {}

/// The TLS settings for who trusts these roots as well, or anybody. Roots are Mozilla's, as those of Node.js are, and not the system's: a slim
/// container has none.
///
/// # Errors
/// [`Error::Config`] when the TLS library cannot be set up.
pub fn settings_for(accept_any: bool, extra_roots: &[u8]) -> Result<ClientConfig> {
    let failed = |e: &dyn fmt::Display| Error::Config(format!("TLS cannot be set up: {e}"));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    // What is no certificate is left out, as Node leaves it out.
    let own: Vec<CertificateDer<'static>> =
        CertificateDer::pem_slice_iter(extra_roots).filter_map(std::result::Result::ok).collect();
    roots.add_parsable_certificates(own.iter().cloned());
    let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|e| failed(&e))?;
    let verifier = Verifier { usual, own, accept_any, provider: provider.clone() };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| failed(&e))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

#[derive(Debug)]
struct Verifier {
    usual: Arc<WebPkiServerVerifier>,
    /// Certificates that are good where they stand for themselves, also those that call themselves an authority: what
    /// people make for their own panels does.
    own: Vec<CertificateDer<'static>>,
    accept_any: bool,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, TlsError> {
        if self.accept_any {
            return Ok(ServerCertVerified::assertion());
        }
        let Err(failure) = self.usual.verify_server_cert(certificate, intermediates, name, ocsp, now) else {
            return Ok(ServerCertVerified::assertion());
        };
        let TlsError::InvalidCertificate(why) = &failure else { return Err(failure) };
        match why {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                Err(rejected("CERT_HAS_EXPIRED", "the certificate has expired"))
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Err(rejected("CERT_NOT_YET_VALID", "the certificate is not valid yet"))
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Err(rejected("ERR_TLS_CERT_ALTNAME_INVALID", "the certificate is for another name"))
            }
            _ if self.own.iter().any(|own| own == certificate) => good_for(certificate, name),
            _ => Err(untrusted(certificate, intermediates, name, now, &self.provider)),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// A certificate that is trusted by itself still has to be for this name.
fn good_for(
    certificate: &CertificateDer<'_>,
    name: &ServerName<'_>,
) -> std::result::Result<ServerCertVerified, TlsError> {
    let parsed = ParsedCertificate::try_from(certificate)?;
    verify_server_name(&parsed, name)
        .map(|()| ServerCertVerified::assertion())
        .map_err(|_| rejected("ERR_TLS_CERT_ALTNAME_INVALID", "the certificate is for another name"))
}

/// Whom nobody vouches for: itself, somebody at the end of a chain, or nobody that is there.
fn untrusted(
    certificate: &CertificateDer<'_>,
    intermediates: &[CertificateDer<'_>],
    name: &ServerName<'_>,
    now: UnixTime,
    provider: &Arc<CryptoProvider>,
) -> TlsError {
    let vouches = |root: &CertificateDer<'_>, chain: &[CertificateDer<'_>]| {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates([root.clone().into_owned()]);
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone()).build();
        verifier.is_ok_and(|v| match v.verify_server_cert(certificate, chain, name, &[], now) {
            Err(TlsError::InvalidCertificate(CertificateError::UnknownIssuer)) => false,
            // Whatever else is wrong with it, it is signed by that one.
            _ => true,
        })
    };
    if vouches(certificate, &[]) {
        return rejected("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate");
    }
    match intermediates.last() {
        Some(last) if vouches(last, intermediates) => {
            rejected("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain")
        }
        _ => rejected("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unable to verify the first certificate"),
    }
}

fn rejected(code: &'static str, words: &'static str) -> TlsError {
    TlsError::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(Rejected { code, words }))))
}
