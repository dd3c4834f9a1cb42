"""How prevalence and incidence of a disease read when the register RUKS tells who has it."""

from klynge.engine.indicators.shared import sources


def by_the_register(da, en, *, new):
    """The fields that read otherwise than by the local definition. da, en: the disease's name."""
    if new:
        title = {"da": f"Nye borgere med {da} (RUKS)", "en": f"New cases of {en} (RUKS)"}
        numerator = {
            "da": f"borgere, hvis {da} efter registeret RUKS begyndte i året",
            "en": f"citizens whose {en} began in the year by the register RUKS",
        }
    else:
        title = {"da": f"Forekomst af {da} (RUKS)", "en": f"Prevalence of {en} (RUKS)"}
        numerator = {
            "da": f"borgere, der 1. januar har {da} efter registeret RUKS",
            "en": f"citizens who have {en} on 1 January by the register RUKS",
        }
    return {"title": title, "numerator": numerator, **OF_THE_REGISTER}


OF_THE_REGISTER = {
    "certainty": "S",
    "certainty_note": {
        "da": "Efter registeret RUKS (kronikere), som det er leveret, med dets egne algoritmer.",
        "en": "By the register RUKS (kronikere) as delivered, with its own algorithms.",
    },
    "sources": (sources.RUKS,),
    "leaves_out": {
        "da": "Borgere, som RUKS ikke finder: registret vil hellere overse nogen end tage fejl.",
        "en": "Citizens whom RUKS does not find: it would rather miss some than be wrong.",
    },
    "weak_points": {
        "da": "Registret dannes forfra ved hver opdatering, så ældre år kan ændre sig. Den, der er"
        " gået ud og kommet ind igen, regnes for at have haft sygdommen imens.",
        "en": "The register is made anew at each update, so earlier years may change. Who left and"
        " came back is taken to have had the disease in between.",
    },
}
