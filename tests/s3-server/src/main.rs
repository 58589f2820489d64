//! An S3 server on 127.0.0.1 that keeps its objects in a folder and checks every signature with the
//! crate `s3s`: what the tests of `gatesign/smithy` upload to.
//!
//! `s3-server FOLDER ACCESS_KEY_ID SECRET_ACCESS_KEY` prints `listening on http://127.0.0.1:PORT`.

use std::error::Error;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, access_key_id, secret_access_key] = arguments.as_slice() else {
        return Err("usage: s3-server FOLDER ACCESS_KEY_ID SECRET_ACCESS_KEY".into());
    };
    let files = FileSystem::new(folder).map_err(|error| format!("{folder}: {error:?}"))?;
    let mut service = S3ServiceBuilder::new(files);
    service.set_auth(SimpleAuth::from_single(access_key_id.as_str(), secret_access_key.as_str()));
    let service = service.build();

    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (socket, _) = listener.accept().await?;
        let service = service.clone();
        tokio::spawn(async move {
            // A client that goes away ends its own connection only.
            let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
        });
    }
}
