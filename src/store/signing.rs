//! Signs with ssh-keygen, which handles the assessor's keys, agents and security keys. No private
//! key is read here.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::{StoreError, program};

/// Signs a text for a namespace, as `ssh-keygen -Y sign` does. `key` is a private key, or a public
/// one whose private half is in an agent. A passphrase is asked for on the terminal. No program
/// inside `workspace` is started.
///
/// # Errors
/// ssh-keygen is not installed, or it does not sign.
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
        // If ssh-keygen has ended already, its exit code says why.
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
