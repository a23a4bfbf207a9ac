"""The same thing under the names of several catalogues: models with provider and region, GPUs with form, regions."""

import re
from typing import NamedTuple

from reportgen.runtime.records import dataclass

PROVIDERS = {
    "gemini": "google",
    "fireworks_ai": "fireworks",
    "together_ai": "together",
    "bedrock_converse": "bedrock",
}
"""The provider that the price book names for one of a catalogue."""
PATHS = {"fireworks": "accounts/fireworks/models/"}
"""The folder of a provider's models, which is no part of their names."""
ZONES = {"eu": "European data zone", "us": "US data zone", "global": "global", "global-standard": "global"}
"""The parts of a model's key that are zones of a provider, as the price book calls them."""
CLOUD_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
"""The name of a region, such as us-east-1."""
REGIONS = {
    "verda": {"FIN-01": "Finland", "FIN-02": "Finland", "FIN-03": "Finland", "ICE-01": "Iceland"},
    "nebius": {"eu-north1": "Finland", "eu-west1": "France"},
}
"""The country of a provider's regions, where the price book names the country."""
ANYWHERE = ("", "global")
"""The regions of a price that holds wherever the request is answered."""

FORMS = {
    "SXM": "SXM",
    "SXM2": "SXM",
    "SXM4": "SXM",
    "SXM5": "SXM",
    "SXM6": "SXM",
    "NVL": "NVL",
    "PCIE": "PCIe",
}
FORM_OF_MACHINE = (("p5.", "SXM"), ("p4d.", "SXM"), ("p4de.", "SXM"), ("ND96", "SXM"), ("NC40", "NVL"), ("NC80", "NVL"),
                   ("a3-high", "SXM"), ("a3-mega", "SXM"))  # fmt: skip
"""The form of the GPUs in a machine, by a part of its name."""
ONLY_SXM = ("H200", "B200", "B300", "GB200", "GB300")
"""GPUs that are meant as SXM where no form is named."""
MAKERS = ("NVIDIA", "AMD", "TESLA")


class ModelKey(NamedTuple):
    """A model in the words of the price book."""

    provider: str
    model: str
    region: str


class GpuKey(NamedTuple):
    """A GPU: its name, its form (empty where unknown) and its memory (empty where not named)."""

    name: str
    form: str
    memory: str


@dataclass(frozen=True, slots=True)
class Place:
    """A region of a provider."""

    provider: str
    region: str

    @property
    def key(self) -> str:
        """Return the region as the price book would name it, to be compared."""
        named = REGIONS.get(self.provider, {}).get(self.region, self.region)
        return "" if named in ANYWHERE else named.casefold()


def model_key(key: str, provider: str) -> ModelKey:
    """Return provider, model and region of a LiteLLM key, such as azure/eu/gpt-6.1-sol or gemini/gemini-3.8-flash."""
    parts, region = key.split("/"), ""
    if len(parts) > 1 and parts[0] in (provider, provider.split("_", maxsplit=1)[0]):
        parts = parts[1:]
    if len(parts) > 1 and (parts[0] in ZONES or CLOUD_REGION.fullmatch(parts[0])):
        region, parts = ZONES.get(parts[0], parts[0]), parts[1:]
    known = PROVIDERS.get(provider, provider)
    return ModelKey(known, "/".join(parts).removeprefix(PATHS.get(known, "")), region)


def gpu_key(name: str, machine: str = "") -> GpuKey:
    """Return the parts of a GPU's name; the form is looked for in the name first, then in the name of its machine."""
    words = [word for word in re.split(r"[^A-Z0-9]+", name.upper()) if word and word not in MAKERS]
    memory = next((word for word in words if re.fullmatch(r"\d+GB?", word)), "")
    form = next((FORMS[word] for word in words if word in FORMS), "")
    rest = [word for word in words if word != memory and word not in FORMS]
    bare = "-".join(rest)
    return GpuKey(
        bare, form or _form_of_machine(machine) or ("SXM" if bare in ONLY_SXM else ""), memory.rstrip("GB")
    )


def _form_of_machine(machine: str) -> str:
    words = re.findall(r"SXM\d?|NVL|PCIE", machine.upper())
    if words:
        return FORMS[words[0]]
    return next((form for part, form in FORM_OF_MACHINE if part in machine), "")


def same_gpu(one: GpuKey, other: GpuKey) -> bool:
    """Return whether two names mean the same GPU; memory counts where both name it."""
    return one[:2] == other[:2] and (not one.memory or not other.memory or one.memory == other.memory)


def named_gpu(name: str, machine: str) -> str:
    """Return the name of a GPU with the form that its machine's name tells, where the name leaves it open."""
    form = gpu_key(name, machine).form
    return f"{name} {form}" if form and not gpu_key(name).form else name
