//! `serve`: a live preview on this machine alone.

use std::sync::Arc;
use std::thread;

use super::CLEAN;
use super::args::{Global, Serve};
use super::console::{Console, Trouble};
use super::preview::Preview;
use super::project;
use crate::io::{Door, Watched};
use crate::model::{Audience, Word};

/// Serves until Ctrl-C.
pub fn run(global: &Global, command: &Serve, console: &mut Console) -> Result<u8, Trouble> {
    let audience = Audience::from_word(&command.audience).unwrap_or(Audience::Private);
    let root = project::root(global)?;
    let saves = Watched::new(&root)?;
    let preview = Arc::new(Preview::open(global, audience, command.theme.as_deref())?);
    let door = Door::open(command.port)?;
    let address = door.address();
    if door.port() != command.port {
        console.say(&format!("Port {} is in use.", command.port));
    }
    if global.quiet {
        // Nothing else says the key.
        console.report(&format!("{address}\n"));
    } else {
        console.say(&format!("Preview: {address}"));
    }
    let shown = match audience {
        Audience::Private => "with your drafts and private entries",
        Audience::Assessor => "as an assessor would see it",
        Audience::Public => "as anybody would see it",
    };
    console.say(&format!(
        "The address holds a key: keep it to yourself. The preview is shown {shown} and renews itself whenever you save."
    ));
    console.say("Stop with Ctrl-C.");
    if command.open {
        door.invite(&root)?;
        console.say("If the browser shows nothing, open the address above.");
    }
    let (watched, watching) = (Arc::clone(&preview), console.clone());
    let bell = preview.bell();
    // Ends with the program: it holds nothing that has to be put away.
    thread::spawn(move || watch(saves, &watched, watching));
    door.serve(preview, bell)?;
    Ok(CLEAN)
}

fn watch(saves: Watched, preview: &Preview, mut console: Console) {
    saves.each(|changed| preview.look(changed, &mut console));
}
