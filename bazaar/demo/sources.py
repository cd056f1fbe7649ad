"""What the demo fair is made up from: names of trades, jobs, talks and languages. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trade:
    """A kind of employer: what such organisations are called and which jobs they have."""

    sector: str
    first: tuple[str, ...]
    last: tuple[str, ...]
    jobs: tuple[tuple[str, str], ...]  # (title, occupation group)
    pay: tuple[int, int]
    swedish: tuple[str, ...]


TRADES = (
    Trade("care", ("Norrvik", "Blåklint", "Nordlyckan", "Solgläntan", "Furuvik", "Ängsro"), ("Omsorg", "Hemtjänst", "Äldreboende"),
          (("Undersköterska", "5321"), ("Vårdbiträde", "5330"), ("Sjuksköterska", "2221")), (26200, 34000), ("sfi_c", "sfi_d")),
    Trade("health", ("Sundby", "Björkdala", "Mälar", "Tallmo"), ("Tandvård", "Vårdcentral", "Rehab"),
          (("Tandsköterska", "5350"), ("Undersköterska", "5323"), ("Fysioterapeut", "2272")), (27400, 38000), ("sfi_d", "sas")),
    Trade("cleaning", ("Ljusterö", "Blåvinge", "Kristall", "Hamnplan"), ("Städ", "Fönsterputs", "Service"),
          (("Lokalvårdare", "9111"), ("Fönsterputsare", "9120")), (25900, 27800), ("none", "sfi_a", "sfi_b")),
    Trade("restaurant", ("Hjortron", "Trekanten", "Söderåsen", "Kajplats"), ("köket", " Hotell", " Bageri", " Café"),
          (("Kock", "5120"), ("Restaurangbiträde", "9412"), ("Serveringspersonal", "5131")), (26100, 30800), ("none", "sfi_b", "sfi_c")),
    Trade("transport", ("Roslags", "Kajplats", "Mossbacke", "Årsta"), ("Buss", "Logistik", "Åkeri", "Bud"),
          (("Bussförare", "8331"), ("Lagerarbetare", "4322"), ("Lastbilsförare", "8332")), (27800, 33500), ("sfi_b", "sfi_c")),
    Trade("construction", ("Kvarnby", "Mälar", "Ljusterö", "Furuviks"), ("Bygg", "Måleri", "El & Rör", "Snickeri"),
          (("Snickare", "7111"), ("Målare", "7131"), ("Elektriker", "7411")), (29000, 36500), ("sfi_b", "sfi_c")),
    Trade("education", ("Tallkotten", "Björkdala", "Ekens", "Grindtorp"), (" förskolor", " Skola", "bro skolor"),
          (("Barnskötare", "5311"), ("Förskollärare", "2343")), (26800, 36000), ("sfi_d", "sas")),
    Trade("industry", ("Vasaplåt", "Årstadal", "Nordstål", "Gjuterivik"), (" Industri", " Verkstad", " Mekaniska"),
          (("Svetsare", "7212"), ("Maskinoperatör", "8199")), (28500, 34200), ("sfi_b", "sfi_c")),
    Trade("it", ("Saltsjö", "Kodlind", "Norrsken"), (" Data", " Molntjänst", " System"),
          (("Systemutvecklare", "2512"), ("Supporttekniker", "3512")), (33000, 52000), ("none", "fluent")),
    Trade("trade", ("Grindtorp", "Vikens", "Lindhagen", "Torgets"), (" Handel", " Livs", " Varuhus"),
          (("Butikssäljare", "5223"), ("Kassapersonal", "5230")), (25800, 28900), ("sfi_c", "sfi_d")),
    Trade("public", ("Ekensbro", "Sundby", "Lövsta"), (" kommun", " stadsdel", " region"),
          (("Administratör", "4119"), ("Parkarbetare", "9210")), (27500, 33000), ("sfi_c", "sas")),
)  # fmt: skip

PLACES = (
    "Farsta",
    "Skärholmen",
    "Kista",
    "Solna",
    "Botkyrka",
    "Södertälje",
    "Nacka",
    "Sollentuna",
    "Huddinge",
    "Stockholm",
)

# (language tag, share of the visitors in thousandths, faker's locale for their names)
LANGUAGES = (
    ("ar", 210, "ar_AA"), ("sv", 200, "sv_SE"), ("fa", 90, "fa_IR"), ("so", 80, None), ("ti", 75, None), ("uk", 80, "uk_UA"),
    ("ru", 50, "ru_RU"), ("tr", 45, "tr_TR"), ("es", 55, "es_ES"), ("ps", 35, None), ("kmr", 30, None), ("ckb", 25, None),
    ("en", 25, "en_GB"),
)  # fmt: skip

# Names where faker has none: first names and last names, freely joined.
NAMES = {
    "so": (
        ("Hodan", "Abdi", "Fadumo", "Yusuf", "Sagal", "Liban"),
        ("Ali", "Warsame", "Hassan", "Nur", "Farah"),
    ),
    "ti": (
        ("ዮናስ", "Yonas", "Selam", "ሰላም", "Dawit", "Meron", "Filmon"),
        ("Tesfay", "ተስፋይ", "Haile", "Berhane", "Kidane"),
    ),
    "ps": (("زرغونه", "Zarghuna", "Hamid", "Palwasha", "Najib"), ("Ahmadzai", "Stanikzai", "Wardak", "ځاځی")),
    "kmr": (("Rojîn", "Azad", "Berîvan", "Dilovan", "Evîn"), ("Demir", "Aydın", "Kaya", "Xan")),
    "ckb": (("هێرۆ", "Hero", "Karwan", "Shno", "Rêbîn"), ("Rashid", "Salih", "عەلی", "Karim")),
}

TALKS = (
    ("cv_help", "Hjälp med CV", "Rum B", "sv", 30, 30, 12), ("cv_help", "CV help in Arabic", "Rum B", "ar", 90, 30, 12),
    ("interview_practice", "Öva intervju, lätt svenska", "Rum C", "sv", 150, 45, 20),
    ("workshop", "Validera din utbildning", "Rum A", "sv", 60, 45, 40),
    ("talk", "Starta eget företag", "Scenen", "sv", 120, 30, None), ("talk", "How Swedish pay works", "Scenen", "en", 180, 30, None),
    ("workshop", "Körkort och yrkesbevis", "Rum A", "sv", 240, 45, 40),
    ("interview_practice", "Interview practice in English", "Rum C", "en", 300, 45, 20),
    ("cv_help", "Hjälp med CV på ukrainska", "Rum B", "uk", 330, 30, 12),
    ("talk", "Arbetsgivare berättar: så anställer vi", "Scenen", "sv", 270, 30, None),
)  # fmt: skip

NOTES = (
    "Lugn, van vid natt. Validering klar i maj.", "Söker Farsta eller Högdalen.", "Sex år på sjukhus. Vill börja direkt.",
    "Legitimation sökt i mars.", "Vill helst jobba dag.", "Bra referenser, ringer på måndag.", "Studerar till juni.",
    "Har truckkort. Kan börja nästa vecka.", "Talar tre språk. Mycket bra med kunder.",
)  # fmt: skip
