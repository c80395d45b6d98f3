//! The gateway's port: closed while a gateway that is restarted or was ended would not listen. The
//! world goes on meanwhile and keeps its book.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::connection::{Shared, listen};
use super::gateway::Command;

/// Where the port stands.
#[derive(Clone, Debug)]
enum State {
    Open,
    /// Nobody can connect and nobody is connected.
    Closed,
    /// It could not be had again.
    Lost(io::ErrorKind, String),
}

/// Opens and closes the port. Whoever has a clone can.
#[derive(Clone, Debug)]
pub struct Port {
    wanted: watch::Sender<bool>,
    state: watch::Receiver<State>,
}

impl Port {
    /// A port that is open, and what has to run so that it is served.
    pub fn on(
        listener: TcpListener,
        addr: SocketAddr,
        shared: Shared,
    ) -> (Self, impl Future<Output = ()> + Send + 'static) {
        let wanted = watch::Sender::new(true);
        let (told, state) = watch::channel(State::Open);
        let serving = serve(listener, addr, shared, wanted.clone(), told);
        (Self { wanted, state }, serving)
    }

    /// By which the port is said to be wanted open or closed, without waiting until it is.
    pub fn wanted(&self) -> watch::Sender<bool> {
        self.wanted.clone()
    }

    /// Closes the port and every connection, and returns once that is done.
    pub async fn close(&self) {
        self.wanted.send_replace(false);
        // A gateway that has ended has no port.
        let mut state = self.state.clone();
        let _ = state.wait_for(|state| !matches!(state, State::Open)).await;
    }

    /// Opens the same port again, and returns once clients can connect.
    ///
    /// # Errors
    /// When the port cannot be had any more.
    pub async fn open(&self) -> io::Result<()> {
        let mut state = self.state.clone();
        self.wanted.send_replace(true);
        // What was lost before is no answer to this.
        let mut lost = matches!(*state.borrow_and_update(), State::Lost(..));
        loop {
            match &*state.borrow_and_update() {
                State::Open => return Ok(()),
                State::Lost(kind, why) if !lost => return Err(io::Error::new(*kind, why.clone())),
                State::Lost(..) | State::Closed => {}
            }
            lost = false;
            let ended = |_| io::Error::other("the gateway has ended");
            state.changed().await.map_err(ended)?;
        }
    }
}

async fn serve(
    listener: TcpListener,
    addr: SocketAddr,
    shared: Shared,
    wanted: watch::Sender<bool>,
    told: watch::Sender<State>,
) {
    let mut listener = Some(listener);
    let mut asked = wanted.subscribe();
    loop {
        let bound = match listener.take() {
            Some(bound) => Ok(bound),
            None => TcpListener::bind(addr).await,
        };
        match bound {
            Ok(bound) => {
                told.send_replace(State::Open);
                listen(bound, shared.clone(), async {
                    let _ = asked.wait_for(|open| !open).await;
                })
                .await;
                // A world that has ended lets nobody go.
                let _ = shared.commands.send(Command::AllGone).await;
                told.send_replace(State::Closed);
            }
            Err(error) => {
                wanted.send_replace(false);
                told.send_replace(State::Lost(error.kind(), error.to_string()));
            }
        }
        // Its sender lives here.
        let _ = asked.wait_for(|open| *open).await;
    }
}
