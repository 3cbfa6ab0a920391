//! Asking about many assets, a few at a time.

use std::collections::VecDeque;

use tokio::task::JoinSet;

use super::{Answer, CallOptions, Client};
use crate::error::{Error, Kind};
use crate::models::AssetDetail;

/// Assets that are asked about. Dropping it ends the requests under way.
#[derive(Debug)]
pub struct Survey {
    client: Client,
    options: CallOptions,
    waiting: VecDeque<String>,
    under_way: JoinSet<(String, Result<Answer<AssetDetail>, Error>)>,
    most_at_once: usize,
}

/// An asset that was asked about, and what the platform says of it; nothing if
/// it does not know it.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// Identifier of the asset.
    pub asset_id: String,
    /// The asset.
    pub found: Option<AssetDetail>,
}

impl Client {
    /// Asks about assets, at most so many at once. Nothing is sent yet.
    #[must_use]
    pub fn survey(
        &self,
        asset_ids: impl IntoIterator<Item = String>,
        most_at_once: usize,
        options: &CallOptions,
    ) -> Survey {
        // What goes into the body of a `create` is none of an asset's.
        let options = CallOptions { body: serde_json::Map::new(), ..options.clone() };
        Survey {
            client: self.clone(),
            options,
            waiting: asset_ids.into_iter().collect(),
            under_way: JoinSet::new(),
            most_at_once: most_at_once.max(1),
        }
    }
}

impl Survey {
    /// The next asset of which something is known, in the order of the answers;
    /// nothing when all are. An asset that the platform does not know is no error;
    /// an error comes with the asset that it is about.
    pub async fn next(&mut self) -> Result<Option<Surveyed>, (String, Error)> {
        while self.under_way.len() < self.most_at_once
            && let Some(asset_id) = self.waiting.pop_front()
        {
            let (client, options) = (self.client.clone(), self.options.clone());
            self.under_way.spawn(async move {
                let answer = client.retrieve_asset(&asset_id, &options).await;
                (asset_id, answer)
            });
        }
        match self.under_way.join_next().await {
            None => Ok(None),
            Some(Ok((asset_id, answer))) => read(asset_id, answer).map(Some),
            Some(Err(_)) => Err((String::new(), Kind::Closed.into())),
        }
    }
}

fn read(asset_id: String, answer: Result<Answer<AssetDetail>, Error>) -> Result<Surveyed, (String, Error)> {
    match answer {
        Ok(answer) => Ok(Surveyed { asset_id, found: Some(answer.value) }),
        Err(error) if is_missing(&error) => Ok(Surveyed { asset_id, found: None }),
        Err(error) => Err((asset_id, error)),
    }
}

impl Survey {
    /// Ends the requests under way; nothing is asked any more.
    pub fn close(&mut self) {
        self.waiting.clear();
        self.under_way.abort_all();
    }
}

/// Only the platform knows, which gives a code: something in front of it may not find the platform itself.
fn is_missing(error: &Error) -> bool {
    matches!(error.kind(), Kind::Api(failure) if failure.status == 404 && failure.code.is_some())
}
