//! What batches refer to: the tasks they are made of, and the assets they are
//! about.

use super::identifier::check_identifier;
use super::send::Call;
use super::{Answer, CallOptions, Client};
use crate::error::Error;
use crate::models::{AnalyzeTaskResponse, AssetBody, AssetDetail, TaskBody};
use crate::retry::Verb;

impl Client {
    /// Reads a task, be it an item of a batch or one of its own.
    pub async fn retrieve_task(
        &self,
        task_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AnalyzeTaskResponse>, Error> {
        let path = ["analyze", "tasks", check_identifier("task_id", task_id)?];
        let answer = self.ask::<TaskBody>(&Call::new(Verb::RetrieveTask, &path, options)).await?;
        Ok(answer.map(|body| body.0))
    }

    /// Reads an asset.
    pub async fn retrieve_asset(
        &self,
        asset_id: &str,
        options: &CallOptions,
    ) -> Result<Answer<AssetDetail>, Error> {
        let path = ["assets", check_identifier("asset_id", asset_id)?];
        let answer = self.ask::<AssetBody>(&Call::new(Verb::RetrieveAsset, &path, options)).await?;
        Ok(answer.map(|body| body.0))
    }
}
