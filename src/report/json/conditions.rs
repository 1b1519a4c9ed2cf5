//! The radius conditions: bounds that say on which side they are.

use serde::Serialize;

use super::number::{ExactFloat, Lower, Upper};
use crate::claim::ClaimCondition;
use crate::theorem::Theorem;

#[derive(Serialize)]
pub(super) struct Condition<'a> {
    id: &'static str,
    space: &'static str,
    norm: &'a str,
    theorem: &'static str,
    inequality: &'a str,
    left: Upper,
    right: Lower,
    margin: Lower,
    holds: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    radius: Option<Upper>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uniqueness_radius: Option<Lower>,
    #[serde(skip_serializing_if = "Option::is_none")]
    largest_uniqueness_radius: Option<Lower>,
    #[serde(rename = "R", skip_serializing_if = "Option::is_none")]
    free_radius: Option<ExactFloat>,
    ball: ExactFloat,
    #[serde(rename = "K")]
    lipschitz: Upper,
    epsilon: Upper,
    #[serde(skip_serializing_if = "Option::is_none")]
    norm_a: Option<Upper>,
    #[serde(skip_serializing_if = "Option::is_none")]
    norm_a_inverse: Option<Upper>,
}

impl<'a> From<&'a ClaimCondition> for Condition<'a> {
    fn from(c: &'a ClaimCondition) -> Self {
        let condition = &c.condition;
        Self {
            id: c.id.name(),
            space: c.space.name(),
            norm: c.norm,
            theorem: match condition.theorem {
                Theorem::QuantitativeIft => "quantitative_ift",
                Theorem::NewtonKantorovich => "newton_kantorovich",
                Theorem::Krawczyk => "krawczyk",
            },
            inequality: condition.inequality,
            left: Upper(condition.left),
            right: Lower(condition.right),
            margin: Lower(condition.margin),
            holds: condition.holds(),
            radius: condition.radius.map(Upper),
            uniqueness_radius: condition.uniqueness_radius.map(Lower),
            largest_uniqueness_radius: c.largest_uniqueness_radius.map(Lower),
            free_radius: condition.free_radius.map(ExactFloat),
            ball: ExactFloat(condition.ball),
            lipschitz: Upper(condition.lipschitz),
            epsilon: Upper(condition.residual),
            norm_a: c.norm_a.map(Upper),
            norm_a_inverse: c.norm_a_inverse.map(Upper),
        }
    }
}
