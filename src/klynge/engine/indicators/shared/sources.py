"""Where definitions are read, by short names."""

KEY_FIGURES = (
    "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/"
    "Noegletal-for-sygehusvaesenet-og-praksisomraadet"
)
READMISSIONS = (
    "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/Genindlaeggelser-i-somatik-og-psykiatri"
)
HEALTH_AGREEMENTS = "https://www.esundhed.dk/Emner/Patienter-og-sygehuse/Sundhedsaftaler"
HOSPITAL_USE = (
    "https://www.dst.dk/da/Statistik/dokumentation/statistikdokumentation/sygehusbenyttelse/"
    "statistisk-behandling"
)
GP_CONTACTS = "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=45749"
OLDER_PEOPLE = (
    "https://www.dst.dk/da/Statistik/dokumentation/statistikdokumentation/"
    "sociale-ydelser-til-aeldre/tilgaengelighed"
)
HOME_HELP = "https://www.dst.dk/da/Statistik/nyheder-analyser-publ/nyt/NytHtml?cid=46131"
HOME_NURSING = (
    "https://www.dst.dk/da/Statistik/dokumentation/statistikdokumentation/"
    "hjemmesygepleje--ophoert-/tilgaengelighed"
)
ACROSS_SECTORS = (
    "https://sundhedsdatastyrelsen.dk/da/find-tal-og-analyser/tal-og-analyser/sundhedsvaesenet/"
    "noegletal-om-sundhedsvaesenet"
)
MEDICAL_WARDS = (
    "https://www.benchmark.dk/analyser/aeldre-og-sundhed/"
    "aeldres-indlaeggelser-paa-medicinske-afdelinger"
)
REHABILITATION = "https://sundhedsdatastyrelsen.dk/da/nyheder/2019/genoptraening_171019"
REHABILITATION_GATEWAY = "https://github.com/hl7dk/kl-gateway-rehab"
PREVENTION_GATEWAY = "https://github.com/hl7dk/kl-gateway-prevention"
DOSE_PACKED = "https://medcom.dk/statistik/dosispakket-medicin/"
RUKS = "https://www.esundhed.dk/Dokumentation/DocumentationExtended?id=29"
RUKS_DATA = "https://github.com/steenhulthin/ruks-data"
CHRONIC_ACROSS = "https://www.esundhed.dk/Emner/Laegemidler/Nye-laegemidler"
NATIONAL_GOALS = "https://lawinsider.com/da/contracts/1LqI57Wt7xp"
COPD_READMISSION = "https://pmc.ncbi.nlm.nih.gov/articles/PMC5094652"
PSYCHIATRY_READMISSIONS = (
    "https://9pdf.org/document/y8g3pr15-"
    "genindl%C3%A6ggelser-i-det-psykiatriske-sundhedsv%C3%A6sen.html"
)
PSYCHIATRY_CONTACTS = (
    "https://www.regioner.dk/services/faktuelt/2022/"
    "flere-danskere-er-i-kontakt-med-den-regionale-psykiatri"
)
PSYCHOTROPICS = "https://ft.dk/samling/20171/almdel/SUU/bilag/244/1866304/index.htm"
CARE_HOME_ADMISSIONS = "BMC Geriatrics 2023: Danish care-home residents"
ATRIAL_FIBRILLATION = "RKKP AFDK annual reports 2024 and 2025"
CHARLSON = "https://github.com/tagteam/heaven"
NMI = "https://doi.org/10.2147/CLEP.S353398"
MIGRATIONS = "https://github.com/steno-aarhus/darter-project"
OSDC = "https://github.com/steno-aarhus/osdc"
OWN = "Klynge: lokal definition"
