//! Signs with ssh-keygen, which knows the assessor's keys, agents and security keys. No private key is read here.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::{StoreError, program};

/// The signature of a text for a purpose, as `ssh-keygen -Y sign` writes it. `key` is a private key, or a public one
/// whose private half an agent holds. A passphrase is asked for on the terminal. No program inside `workspace` is run.
///
/// # Errors
/// That ssh-keygen is not there, or will not sign.
pub fn sign(
    workspace: &Path,
    text: &str,
    key: &Path,
    namespace: &str,
) -> Result<String, StoreError> {
    let failed = |cause: &dyn std::fmt::Display| StoreError::new("sign with", key, cause);
    let mut command = program::command("ssh-keygen", Some(workspace))
        .map_err(|reason| failed(&format!("{reason}; it comes with OpenSSH")))?;
    let spawned = command
        .args(["-q", "-Y", "sign", "-n", namespace, "-f"])
        .arg(key)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let mut child = spawned.map_err(|error| failed(&format!("ssh-keygen: {error}")))?;
    if let Some(mut pipe) = child.stdin.take() {
        // Where ssh-keygen has gone already, its exit code says why.
        let _ = pipe.write_all(text.as_bytes());
    }
    let done = child.wait_with_output().map_err(|error| failed(&error))?;
    let signature = String::from_utf8(done.stdout).unwrap_or_default();
    if done.status.success() && signature.contains("BEGIN SSH SIGNATURE") {
        Ok(signature)
    } else {
        Err(failed(&"ssh-keygen did not sign; it says why above"))
    }
}
