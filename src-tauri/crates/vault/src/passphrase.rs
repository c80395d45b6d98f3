//! The app lock's passphrase: never kept, only what it is checked against.

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use gatehouse_domain::secret::Secret;

/// Argon2id with 64 MiB, three passes and one lane: the second choice of RFC 9106, section 4,
/// but for the lanes, which a desktop has no use for. About a tenth of a second.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// Why a passphrase could not be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    /// What it is checked against can't be read.
    #[error("what the passphrase is checked against is damaged")]
    Damaged,
    /// The reckoning itself failed.
    #[error("the passphrase can't be checked: {0}")]
    Failed(String),
}

fn argon2() -> Result<Argon2<'static>, CheckFault> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|error| CheckFault::Failed(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What the passphrase is checked against later: a PHC string with a salt of its own. Takes its
/// time: not for a thread that others wait for.
///
/// # Errors
/// When the system gives no random numbers or no memory.
pub fn verifier(passphrase: &Secret) -> Result<Secret, CheckFault> {
    let hash = argon2()?
        .hash_password(passphrase.expose().as_bytes())
        .map_err(|error| CheckFault::Failed(error.to_string()))?;
    Ok(Secret::new(hash.to_string()))
}

/// Whether it is the passphrase, compared in constant time. Takes its time as well.
///
/// # Errors
/// When the verifier is none.
pub fn check(passphrase: &Secret, verifier: &Secret) -> Result<bool, CheckFault> {
    let hash = PasswordHash::new(verifier.expose()).map_err(|_| CheckFault::Damaged)?;
    let answer = argon2()?.verify_password(passphrase.expose().as_bytes(), &hash);
    match answer {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(CheckFault::Failed(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn only_the_same_passphrase_passes_and_the_verifier_does_not_hold_it() {
        let verifier = verifier(&secret("rain over Lisbon")).unwrap();
        assert!(
            verifier
                .expose()
                .starts_with("$argon2id$v=19$m=65536,t=3,p=1$")
        );
        assert!(!verifier.expose().contains("Lisbon"));
        assert_eq!(check(&secret("rain over Lisbon"), &verifier), Ok(true));
        assert_eq!(check(&secret("rain over lisbon"), &verifier), Ok(false));
        assert_eq!(check(&secret(""), &verifier), Ok(false));
    }

    #[test]
    fn the_same_passphrase_has_another_verifier_each_time() {
        let one = verifier(&secret("rain over Lisbon")).unwrap();
        assert!(!one.is(&verifier(&secret("rain over Lisbon")).unwrap()));
    }

    #[test]
    fn what_is_no_verifier_is_told() {
        let fault = check(&secret("any"), &secret("hunter2"));
        assert_eq!(fault, Err(CheckFault::Damaged));
    }
}
