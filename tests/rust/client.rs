//! The client against the emulator, over a socket.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::json;
use twelvelabs_batches::client::{CallOptions, Client, Config, Given, Listing};
use twelvelabs_batches::emulator::{Asset, Emulator, Options};
use twelvelabs_batches::error::Kind;
use twelvelabs_batches::models::{
    BatchItemStatus, BatchResultItem, BatchStatus, CreateAnalyzeBatchRequest, CreateAnalyzeBatchResponse,
    Kept,
};

fn platform() -> Emulator {
    Emulator::start(Options { speed: 0.0, ..Options::default() }).unwrap()
}

fn client_of(platform: &Emulator) -> Client {
    let given = Given {
        api_key: Some(platform.api_key().to_owned()),
        base_url: Some(platform.base_url().to_owned()),
        ..Given::default()
    };
    Client::new(Config::resolve(given, |_| None).unwrap()).unwrap()
}

fn request(items: usize) -> CreateAnalyzeBatchRequest {
    let requests: Vec<_> = (0..items)
        .map(|number| {
            json!({"video": {"type": "asset_id", "asset_id": format!("{number:024x}")}, "custom_id": format!("v-{number}")})
        })
        .collect();
    CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: "general".into(),
        defaults: serde_json::from_value(json!({"prompt": {"input_text": "Sum up."}})).unwrap(),
        requests: serde_json::from_value(json!(requests)).unwrap(),
    }
}

async fn submit(client: &Client, items: usize) -> CreateAnalyzeBatchResponse {
    client.create(&request(items), &CallOptions::default()).await.unwrap().value
}

async fn rows(client: &Client, batch_id: &str) -> Vec<BatchResultItem> {
    let mut stream = client.results(batch_id, &CallOptions::default()).await.unwrap();
    let mut rows = Vec::new();
    while let Some(row) = stream.next().await {
        rows.push(row.unwrap());
    }
    rows
}

#[tokio::test]
async fn the_main_job() {
    let platform = platform();
    let mut broken = Asset::new(format!("{:024x}", 3));
    broken.analysis_error =
        Some(twelvelabs_batches::emulator::AnalysisError { code: None, message: "no".to_owned() });
    platform.add_asset(broken).unwrap();
    let client = client_of(&platform);
    let options = CallOptions::default();
    let created = submit(&client, 40).await;
    assert_eq!(created.status, BatchStatus::Pending);
    assert!(rows(&client, &created.batch_id).await.iter().all(|row| row.status == BatchItemStatus::Queued));
    platform.advance(Duration::from_secs(3600));
    let batch = client.retrieve(&created.batch_id, &options).await.unwrap().value;
    assert_eq!(batch.status, BatchStatus::Completed);
    assert_eq!((batch.ready_items, batch.failed_items), (39, 1));
    let rows = rows(&client, &created.batch_id).await;
    let asked: BTreeSet<_> = created.items.iter().map(|item| item.task_id.clone()).collect();
    let answered: BTreeSet<_> = rows.iter().map(|row| row.task_id.clone()).collect();
    assert_eq!(rows.len(), 40);
    assert_eq!(asked, answered);
    assert_eq!(rows[3].error.as_ref().and_then(Kept::fit).unwrap().message, Kept::Fit("no".to_owned()));
    client.delete(&created.batch_id, &options).await.unwrap();
    let error = client.retrieve(&created.batch_id, &options).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::Api(failure) if failure.status == 404), "{error:?}");
    assert_eq!(platform.stats().items_billed, 39);
}

#[tokio::test]
async fn pages_end_without_an_extra_request() {
    let platform = platform();
    let client = client_of(&platform);
    for _ in 0..7 {
        submit(&client, 1).await;
        platform.advance(Duration::from_secs(3600));
    }
    let mut listing = Listing { page: Some(1), page_limit: Some(3), ..Listing::default() };
    let mut sizes = Vec::new();
    while listing.page.is_some() {
        let page = client.list(&listing, &CallOptions::default()).await.unwrap().value;
        sizes.push(page.items.len());
        listing.page = page.next;
    }
    assert_eq!(sizes, [3, 3, 1]);
    assert_eq!(platform.stats().requests["list"], 3);
}

#[tokio::test]
async fn cancelling() {
    let platform = platform();
    let client = client_of(&platform);
    let options = CallOptions::default();
    let created = submit(&client, 20).await;
    platform.advance(Duration::from_secs(30));
    let batch = client.cancel(&created.batch_id, &options).await.unwrap().value;
    assert_eq!(batch.status, BatchStatus::Canceling);
    platform.advance(Duration::from_secs(120));
    let error = client.cancel(&created.batch_id, &options).await.unwrap_err();
    let Kind::Api(failure) = error.kind() else { panic!("{error:?}") };
    assert_eq!((failure.status, failure.code.as_deref()), (409, Some("batch_canceled")));
    assert_eq!(error.history().unwrap().attempts, 1);
}

#[tokio::test]
async fn closing_ends_calls_and_streams() {
    let platform = platform();
    let client = client_of(&platform);
    let created = submit(&client, 5).await;
    let mut stream = client.results(&created.batch_id, &CallOptions::default()).await.unwrap();
    client.clone().close();
    assert!(client.is_closed());
    let mut last = stream.next().await;
    while matches!(last, Some(Ok(_))) {
        last = stream.next().await;
    }
    assert!(matches!(last, Some(Err(error)) if matches!(error.kind(), Kind::Closed)));
    assert!(stream.next().await.is_none());
    let error = client.retrieve(&created.batch_id, &CallOptions::default()).await.unwrap_err();
    assert!(matches!(error.kind(), Kind::Closed));
}

#[tokio::test]
async fn the_wrong_key_is_refused_and_never_shown() {
    let platform = platform();
    let given = Given {
        api_key: Some("tlk_wrong".to_owned()),
        base_url: Some(platform.base_url().to_owned()),
        ..Given::default()
    };
    let client = Client::new(Config::resolve(given, |_| None).unwrap()).unwrap();
    let error = client.list(&Listing::default(), &CallOptions::default()).await.unwrap_err();
    let Kind::Api(failure) = error.kind() else { panic!("{error:?}") };
    assert_eq!((failure.status, failure.code.as_deref()), (401, Some("api_key_invalid")));
    assert!(!format!("{error:?} {client:?}").contains("tlk_wrong"));
}
