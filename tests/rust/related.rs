//! Tasks and assets: their models, whatever deviates, and their calls.

use serde_json::{Value, json};
use twelvelabs_batches::client::{CallOptions, Client, Config, Given};
use twelvelabs_batches::emulator::{Emulator, Options};
use twelvelabs_batches::error::Kind;
use twelvelabs_batches::models::{
    AnalyzeTaskResponse, AssetBody, AssetDetail, CreateAnalyzeBatchRequest, Kept, TaskBody,
};

fn asset() -> Value {
    json!({
        "_id": "6a0000000000000000000001", "method": "connector", "status": "ready", "filename": "a.mp4",
        "file_type": "video/mp4", "created_at": "2026-11-01T00:00:00Z", "user_metadata": {"n": 1, "tags": ["a"]},
        "source": {"type": "connector", "details": {"provider": "google_drive", "source_id": "x"}},
        "hls": {"manifest_url": "https://h", "status": "ready"},
        "technical_metadata": {"video_width": 640, "video_streams": [{"index": 0, "fps": 25.0}], "document_title": "t"},
        "size": 12, "duration": 300.0, "brand_new": {"a": 1},
    })
}

fn task() -> Value {
    json!({
        "task_id": "6c0000000000000000000001", "custom_id": null, "batch_id": "6b0000000000000000000001",
        "video_source": {"type": "asset_id", "asset_id": "6a", "system_metadata": {"duration": 3.5}},
        "request_params": {
            "analysis_mode": "general", "prompt_v2": {"input_text": "Who?"}, "max_tokens": "unlimited",
            "response_format": {"type": "segment_definitions", "segment_definitions": [
                {"id": "a", "description": "A", "fields": [{"name": "n", "type": "array", "items": {"type": "string"}}],
                 "time_ranges": [{"start_time": 0.0, "end_time": 2.0}]},
            ]},
        },
        "status": "ready", "created_at": "2026-11-01T00:00:00Z", "completed_at": "2026-11-01T00:01:00Z",
        "result": {"generation_id": "g", "data": "text", "finish_reason": "stop", "usage": {"output_tokens": 9}},
        "webhooks": [{"url": "https://w", "delivered": true, "attempts": 1}],
    })
}

#[test]
fn bodies_survive_a_round_trip() {
    let read: AssetDetail = serde_json::from_value(asset()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), asset());
    assert_eq!(read.id.unwrap().fit().unwrap(), "6a0000000000000000000001");
    assert_eq!(read.extra["brand_new"], json!({"a": 1}));
    let read: AnalyzeTaskResponse = serde_json::from_value(task()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), task());
    let parameters = read.request_params.unwrap().into_fit().unwrap();
    assert_eq!(parameters.max_tokens.unwrap().into_fit(), Some(json!("unlimited")));
    let prompt = parameters.prompt_v_2.unwrap().into_fit().unwrap();
    assert_eq!(prompt.input_text.unwrap().into_fit().unwrap(), "Who?");
}

/// Every place in a value, as pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(elements) => {
            elements.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect()
        }
        _ => Vec::new(),
    };
    for (name, value) in inner {
        let place = format!("{here}/{name}");
        places(value, &place, found);
        found.push(place);
    }
}

#[test]
fn whatever_deviates_is_kept_as_it_came() {
    let odd = [json!(17), json!(-0.5), json!("odd"), json!([[1]]), json!({"odd": {"er": 1}}), json!(true)];
    let mut tried = 0;
    for (body, is_task) in [(asset(), false), (task(), true)] {
        let mut found = Vec::new();
        places(&body, "", &mut found);
        for place in &found {
            for value in &odd {
                let mut bent = body.clone();
                *bent.pointer_mut(place).unwrap() = value.clone();
                let back = if is_task {
                    serde_json::to_value(serde_json::from_value::<AnalyzeTaskResponse>(bent.clone()).unwrap())
                } else {
                    serde_json::to_value(serde_json::from_value::<AssetDetail>(bent.clone()).unwrap())
                };
                let back = back.unwrap();
                // Numbers that are times, and texts of what is matched by, are read.
                if !["_at", "/custom_id"].iter().any(|ending| place.ends_with(ending)) {
                    let (back, bent) = (back.pointer(place).unwrap(), bent.pointer(place).unwrap());
                    assert!(back == bent || back.as_f64() == bent.as_f64(), "{place}: {back} {bent}");
                }
                tried += 1;
            }
        }
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn a_result_that_deviates_does_not_lose_the_others() {
    let mut body = task();
    body["result"]["usage"] = json!("many");
    let read: AnalyzeTaskResponse = serde_json::from_value(body).unwrap();
    let result = read.result.unwrap().into_fit().unwrap();
    assert_eq!(result.data, Kept::Fit("text".to_owned()));
    assert_eq!(result.usage, Kept::Other(json!("many")));
}

#[test]
fn what_is_no_task_and_no_asset_is_told() {
    for body in ["[]", "3", "null", "{}", r#"{"message": "fine"}"#, r#"{"task_id": 3}"#, r#"{"_id": 3}"#] {
        assert!(serde_json::from_str::<TaskBody>(body).is_err(), "{body}");
        assert!(serde_json::from_str::<AssetBody>(body).is_err(), "{body}");
    }
    assert!(serde_json::from_str::<TaskBody>(r#"{"task_id": 3, "status": "ready"}"#).is_err());
    assert!(serde_json::from_str::<AssetBody>(r#"{"status": "failed"}"#).is_ok());
}

#[tokio::test]
async fn both_are_retrieved() {
    let platform = Emulator::start(Options { speed: 0.0, ..Options::default() }).unwrap();
    let given = Given {
        api_key: Some(platform.api_key().to_owned()),
        base_url: Some(platform.base_url().to_owned()),
        ..Given::default()
    };
    let client = Client::new(Config::resolve(given, |_| None).unwrap()).unwrap();
    let options = CallOptions::default();
    let request = CreateAnalyzeBatchRequest {
        model_name: "pegasus1.5".into(),
        analysis_mode: "general".into(),
        defaults: serde_json::from_value(json!({"prompt": {"input_text": "Sum up."}})).unwrap(),
        requests: serde_json::from_value(
            json!([{"video": {"type": "asset_id", "asset_id": "6a0000000000000000000001"}}]),
        )
        .unwrap(),
    };
    let batch = client.create(&request, &options).await.unwrap().value;
    let answer = client.retrieve_task(&batch.items[0].task_id, &options).await.unwrap();
    assert_eq!((answer.meta.status, answer.meta.attempts), (200, 1));
    assert_eq!(answer.value.batch_id.unwrap().into_fit().unwrap(), batch.batch_id);
    let asset = client.retrieve_asset("6a0000000000000000000001", &options).await.unwrap().value;
    assert_eq!(asset.status.unwrap().into_fit().unwrap(), "ready");
    let refused = client.retrieve_task(&"0".repeat(24), &options).await.unwrap_err();
    assert!(matches!(refused.kind(), Kind::Api(failure) if failure.status == 404), "{refused}");
    for bad in ["", "..", "a/b", "a?b", "a b", "%2e"] {
        let told = client.retrieve_asset(bad, &options).await.unwrap_err().to_string();
        assert!(told.starts_with("asset_id: "), "{told}");
        let told = client.retrieve_task(bad, &options).await.unwrap_err().to_string();
        assert!(told.starts_with("task_id: "), "{told}");
    }
}
