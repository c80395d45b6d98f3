//! The gateway's control port.

use crate::Failure;
use crate::gateway::{Gateway, TOKEN};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub struct Control {
    stream: BufReader<TcpStream>,
}

impl Control {
    pub async fn open(gateway: &Gateway) -> Result<Self, Failure> {
        let port = gateway
            .control_port()
            .ok_or("this gateway has no control port")?;
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let mut control = Self {
            stream: BufReader::new(stream),
        };
        control.say(&format!("{{\"token\":\"{TOKEN}\"}}")).await?;
        Ok(control)
    }

    /// Lets simulated time pass.
    pub async fn step(&mut self, ms: u32) -> Result<String, Failure> {
        self.say(&format!("{{\"do\":\"step\",\"ms\":{ms}}}")).await
    }

    /// How many messages clients have sent.
    pub async fn messages(&mut self) -> Result<u64, Failure> {
        let answer = self.say("{\"do\":\"status\"}").await?;
        let answer: serde_json::Value = serde_json::from_str(&answer)?;
        let count = answer["state"]["requests"].as_u64();
        count.ok_or_else(|| format!("no messages are counted in {answer}").into())
    }

    /// Does what the line says; its answer.
    pub async fn say(&mut self, line: &str) -> Result<String, Failure> {
        self.stream
            .write_all(format!("{line}\n").as_bytes())
            .await?;
        let mut answer = String::new();
        self.stream.read_line(&mut answer).await?;
        if answer.contains("\"ok\":true") {
            Ok(answer)
        } else {
            Err(format!("{line} was answered with {answer:?}").into())
        }
    }
}
