"""A person against what is asked for: which skills they have, have partly, lack, or say nothing of.

The person's own word on the very skill stands; where they say nothing, a neighbouring skill in ESCO is half an answer, and
otherwise the skill is unknown, which is not the same as missing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from szlak.catalogue.errors import InputInvalid
from szlak.catalogue.esco.taxonomy import Taxonomy
from szlak.catalogue.messages import Message
from szlak.catalogue.model.matching import Gap, GapSkill, Profile, Proof, RequiredSkill, SkillState

_PROOF_RANK: Mapping[Proof, int] = {"stated": 0, "experienced": 1, "certified": 2}
_HAVE: Mapping[Proof, Message] = {
    "stated": Message("You say that you have this skill."),
    "experienced": Message("You have this skill from experience."),
    "certified": Message("You have this skill and a certificate of it."),
}
_MISSING = Message("You say that you do not have this skill.")
_NOT_SURE = Message("You say that you are not sure of this skill.")
_NOT_NAMED = Message("Your profile does not say whether you have this skill.")
_NAMED = 3

Verdict = tuple[SkillState, Proof | None, Message]


def check_profile(profile: Profile, taxonomy: Taxonomy) -> None:
    """Refuse a profile that contradicts itself or names what the release does not have.

    Raises:
        InputInvalid: the first contradicting skill, or up to three unknown URIs, are named.
    """
    _check_contradictions(profile)
    listed = dict.fromkeys((*(skill.concept_uri for skill in profile.skills), *profile.not_, *profile.unknown))
    unknown = [uri for uri in listed if taxonomy.find(uri) is None]
    if unknown:
        params = {"version": taxonomy.release.version, "uris": ", ".join(uri[:200] for uri in islice(unknown, _NAMED))}
        singular = "ESCO {version} does not have {n} of the profile's skills: {uris}."
        plural = "ESCO {version} does not have {n} of the profile's skills, among them {uris}."
        raise InputInvalid(Message(singular, params, plural=plural, n=len(unknown)))


def build_gap(profile: Profile, required: Sequence[RequiredSkill], taxonomy: Taxonomy) -> Gap:
    """Return the required skills in their order, each with its state; the reason tells of the person first, then of the demand.

    Raises:
        InputInvalid: the profile cannot be used (see `check_profile`).
    """
    check_profile(profile, taxonomy)
    proofs = strongest_proofs(profile)
    return Gap(skills=tuple(_build_skill(skill, _judge(skill.concept_uri, profile, proofs, taxonomy)) for skill in required))


def strongest_proofs(profile: Profile) -> Mapping[str, Proof]:
    """Return the strongest proof of each skill: certified before experienced before stated."""
    ordered = sorted(profile.skills, key=lambda skill: _PROOF_RANK[skill.proof])
    return {skill.concept_uri: skill.proof for skill in ordered}


def _check_contradictions(profile: Profile) -> None:
    lists = {"skills": {skill.concept_uri for skill in profile.skills}, "not": set(profile.not_), "unknown": set(profile.unknown)}
    for first, second in (("skills", "not"), ("skills", "unknown"), ("not", "unknown")):
        for uri in sorted(lists[first] & lists[second]):
            params = {"uri": uri[:200], "first": first, "second": second}
            raise InputInvalid(Message("{uri} is in two lists of the profile, “{first}” and “{second}”. Leave it in one.", params))


def _build_skill(skill: RequiredSkill, verdict: Verdict) -> GapSkill:
    state, proof, reason = verdict
    return GapSkill(
        concept_uri=skill.concept_uri,
        label=skill.label,
        need=skill.need,
        weight=skill.weight,
        state=state,
        proof=proof,
        reason=Message("{held} {asked}", {"held": reason, "asked": skill.reason}),
        confidence=skill.confidence,
        basis=skill.basis,
        zone=skill.zone,
        duty=skill.duty,
    )


def _judge(uri: str, profile: Profile, proofs: Mapping[str, Proof], taxonomy: Taxonomy) -> Verdict:
    proof = proofs.get(uri)
    if proof is not None:
        return SkillState.HAVE, proof, _HAVE[proof]
    if uri in profile.not_:
        return SkillState.MISSING, None, _MISSING
    if uri in profile.unknown:
        return SkillState.UNKNOWN, None, _NOT_SURE
    neighbour = next(_iter_held_neighbours(uri, proofs, taxonomy), None)
    return (SkillState.UNKNOWN, None, _NOT_NAMED) if neighbour is None else (SkillState.PARTLY, None, neighbour)


def _iter_held_neighbours(uri: str, proofs: Mapping[str, Proof], taxonomy: Taxonomy) -> Iterator[Message]:
    for held in _held(taxonomy.broader(uri), proofs):
        yield Message("You have a broader skill: {skill}.", {"skill": taxonomy.label(held).text})
    for held in _held(taxonomy.narrower(uri), proofs):
        yield Message("You have a narrower skill: {skill}.", {"skill": taxonomy.label(held).text})
    for held in _held(taxonomy.related(uri), proofs):
        yield Message("You have a related skill: {skill}.", {"skill": taxonomy.label(held).text})


def _held(uris: Iterable[str], proofs: Mapping[str, Proof]) -> list[str]:
    """Return those that the person has, the best proved first."""
    return sorted((uri for uri in uris if uri in proofs), key=lambda uri: (-_PROOF_RANK[proofs[uri]], uri))
