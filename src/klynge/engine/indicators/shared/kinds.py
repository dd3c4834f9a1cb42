"""Kinds of stay that several definitions ask for, each said once."""

from klynge.engine.indicators.codelists import codelist
from klynge.engine.indicators.rows import contacts, stays

NOT_FIRST = codelist("genind_ikke_foerste")
NOT_AGAIN = codelist("genind_ikke_igen")

somatic = stays.domain == "somatik"
psychiatric = stays.domain == "psykiatri"
acute_somatic_admission = somatic & stays.admission & stays.acute

# Medical wards by the name of their main speciality, in the words of the extract. The emergency
# department is not one of them, so a stay that only passed through it is not medical.
MEDICAL_SPECIALTIES = (
    "intern medicin", "geriatri", "kardiologi", "lungesygdomme", "lungemedicin", "nefrologi",
    "endokrinologi", "gastroenterologi og hepatologi", "medicinsk gastroenterologi", "hæmatologi",
    "infektionsmedicin", "reumatologi",
)  # fmt: skip
on_a_medical_ward = contacts.specialty.is_one_of(*MEDICAL_SPECIALTIES)
medical = somatic & stays.with_contact(on_a_medical_ward)

# What may be followed by a readmission, and what is one. Hospices cannot be told in the extract.
discharged_somatic = (
    somatic & stays.admission & ~stays.running & ~stays.died & ~stays.diagnosis.is_in(NOT_FIRST)
)
readmitted_within_30_days = stays.followed_within(
    days=30, by=acute_somatic_admission & ~stays.diagnosis.is_in(NOT_AGAIN)
)
psychiatric_admission = psychiatric & stays.admission
discharged_psychiatric = psychiatric_admission & ~stays.running & ~stays.died
