//! `serve`: a live preview on this machine alone.

use std::sync::Arc;
use std::thread;

use super::args::{Global, Serve};
use super::console::Console;
use super::{CLEAN, CliError, open};
use crate::engine::{Notice, Preview};
use crate::model::Audience;
use crate::server::{self, Ended, PreviewServer, WriteDesk};
use crate::store::Watched;

/// Serves until Ctrl-C.
pub(super) fn run(global: &Global, command: &Serve, console: &mut Console) -> Result<u8, CliError> {
    let options = open::options(global)?;
    let root = options.root.clone();
    // Watched before it is read, so that no save is missed in between.
    let saves = Watched::new(&root)?;
    let (sender, changes) = server::changes();
    let on_change = Box::new(move |version| {
        sender.send_replace(version);
    });
    let theme = command.theme.as_deref();
    let preview = Preview::open(options.clone(), command.audience, theme, on_change)?;
    let preview = Arc::new(preview);
    let desk = Arc::new(WriteDesk::new(options, Arc::clone(&preview)));
    let server = PreviewServer::open(command.port)?;
    greet(global, command, &server, console);
    if command.open {
        server.invite(&root)?;
        console.say("If the browser shows nothing, open the address above.");
    }
    let (shown, written, watching) = (Arc::clone(&preview), Arc::clone(&desk), console.clone());
    // The thread ends with the process: it has nothing to clean up.
    thread::spawn(move || watch(saves, &shown, &written, watching));
    if server.serve(preview, desk, changes)? == Ended::Abandoned {
        console.say("Stopped: no page was open for half an hour.");
    }
    Ok(CLEAN)
}

fn greet(global: &Global, command: &Serve, server: &PreviewServer, console: &mut Console) {
    let address = server.address();
    if server.port() != command.port {
        console.say(&format!("Port {} is in use.", command.port));
    }
    if global.quiet {
        // Nothing else shows the key.
        console.report(&format!("{address}\n"));
    } else {
        console.say(&format!("Preview: {address}"));
    }
    let shown = match command.audience {
        Audience::Private => "with your drafts and private entries",
        Audience::Assessor => "as an assessor would see it",
        Audience::Public => "as anybody would see it",
    };
    console.say(&format!(
        "The address holds a key: keep it to yourself. The preview is shown {shown} and renews itself whenever you save."
    ));
    console.say("Stop with Ctrl-C.");
}

fn watch(saves: Watched, preview: &Preview, desk: &WriteDesk, mut console: Console) {
    saves.each(|changed| {
        desk.refresh(changed);
        preview.update(changed, &mut |notice| match notice {
            Notice::Line(line) => console.say(&line),
            Notice::Failed(error) => console.error(&CliError::from(error)),
        })
    });
}
