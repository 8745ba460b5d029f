"""Questions about what a term means, and what is asked with the same words of figures or of other things."""

from tests.bot.understanding.phrasings import COFFEE, KITCHEN

TERMS = {
    "что значит ERR": "/help ERR",
    "чо значит ерр": "/help ерр",
    "ERR это что": "/help ERR",
    "er чо это": "/help ER",
    "что за ERR24": "/help ERR24",
    "объясни что такое вовлечённость": "/help вовлеченность",
    "а что такое cpm вообще": "/help CPM",
    "как понимать роми": "/help роми",
    "что за охват": "/help охват",
    "чем ER отличается от ERR": "/help ER, ERR",
    "чем отличается CPM от CPV": "/help CPM, CPV",
    "разница между er и err": "/help ER, ERR",
    "er и err это одно и то же?": "/help ER, ERR",
    "what does ERR mean": "/help ERR",
    "what's CPM": "/help CPM",
    "what is an err": "/help ERR",
    "define roas": "/help ROAS",
    "difference between ROI and ROMI": "/help ROI, ROMI",
    "er vs err": "/help ER, ERR",
    # Of one's own figures, not of the term.
    "что за охваты у кухни": f"/er {KITCHEN}",
    "what is the er of coffee": f"/er {COFFEE}",
    "что такое хороший er": "/benchmark",
    "объясни почему упал er": "/why",
    "что с er": "/er",
}
TALK_OF_TERMS = (
    "что такое кофе", "что значит твой ответ", "объясни маше задачу", "what does that mean", "what does he mean", "explain",
    "чем чай отличается от кофе", "что за шум", "define the task", "разница во времени",
)  # fmt: skip
