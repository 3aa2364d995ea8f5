"""The words in which autoresponders say that nobody is there, language by language."""

# ruff: noqa: RUF001 - Turkish, Cyrillic and typographic letters are the content.

import re

_SUBJECTS = (
    # Dutch
    r"automatisch(?:e)? (?:antwoord|beantwoording|reactie|bericht)",
    r"niet op kantoor\b",
    r"auto: .{0,120}(?:out of|away|returning|afwezig|abwesend)",
    r"buiten kantoor\b",
    r"auto-?antwoord",
    # English
    r"auto(?:matic|mated|mat)?[- ]?(?:reply|response|respond(?:er)?|answer)\b",
    r"auto(?:reply|respons|response|responder|answer)\b",
    r"(?:i am |i'm )?(?:currently )?(?:out of|away from) (?:the )?office\b(?!\s+(?:day|meeting|party|trip|event|hours|visit))",
    r"(?:i am |i'm )?out of the office\b",
    r"out-of-office\b",
    r"ooo\s*[:\-]",
    r"vacation (?:reply|response|message|notice|autoreply)\b",
    r"(?:i am |i'm |am )?(?:on|away on) (?:annual |maternity |parental |sick )?(?:leave|vacation|holiday)\s*(?:$|[:\-(]|until|till|from)",
    r"away from my (?:mail|desk|email)\b",
    r"this is an auto",
    # German
    r"automatische (?:antwort|rückmeldung|nachricht|abwesenheits\w*|e-?mail-?antwort)",
    r"(?:ich bin )?nicht im (?:büro|haus)\b",
    # French
    r"réponse automatique",
    r"reponse automatique",
    r"message (?:automatique )?d['’]absence",
    r"absen(?:t|te|ce) du bureau",
    # Spanish, Catalan, Italian, Portuguese
    r"respuesta automática",
    r"respuesta automatica",
    r"fuera de (?:la )?oficina",
    r"resposta automàtica",
    r"risposta automatica",
    r"fuori (?:ufficio|sede)",
    r"resposta automática",
    r"resposta automatica",
    r"fora do escritório",
    # Turkish
    r"otomatik (?:yanıt|cevap|yanit)",
    r"ofis dışında",
    # Polish, Czech, Slovak, Hungarian, Romanian
    r"(?:autoodpowiedź|automatyczna odpowiedź|odpowiedź automatyczna)",
    r"poza biurem",
    r"automatická odpov[ěe]ď",
    r"mimo kancelář",
    r"automatikus válasz",
    r"házon kívül",
    r"răspuns automat",
    r"raspuns automat",
    # The northern ones
    r"automatisk(?:t)? (?:svar|svar:|besked)",
    r"autosvar",
    r"automaattinen vastaus",
    r"poissaoloviesti|poissa toimistosta",
    # Cyrillic, Greek
    r"автоматический ответ",
    r"автоответ(?:чик)?\b",
    r"автоматична відповідь",
    r"автовідповідь",
    r"αυτόματη απάντηση",
    r"автоматичен отговор",
    # Arabic, Hebrew, Persian
    r"رد تلقائي",
    r"الرد التلقائي",
    r"خارج المكتب",
    r"תשובה אוטומטית",
    r"מענה אוטומטי",
    r"پاسخ خودکار",
    # Chinese, Japanese, Korean, Vietnamese, Indonesian
    r"自动(?:回复|答复)",
    r"自動(?:回覆|回復|答覆|返信|応答)",
    r"不在(?:通知|のお知らせ|連絡)",
    r"자동 ?(?:회신|응답|답장)",
    r"부재중",
    r"trả lời tự động",
    r"balasan otomatis",
    # Croatian, Slovene, Baltic
    r"automatski odgovor",
    r"samodejni odgovor",
    r"automatinis atsakymas",
    r"automātiskā atbilde",
    r"automaatvastus",
)
_UNSURE = (
    r"auto:",
    r"(?:ik ben )?(?:momenteel |tijdelijk )?(?:afwezig|niet aanwezig)",
    r"(?:automatische )?afwezigheids?(?:melding|bericht|assistent)?\b",
    r"(?:ik ben )?(?:met|op) (?:vakantie|verlof)",
    r"ontvangstbevestiging",
    r"(?:i am |i'm |am )?(?:on|away on) (?:annual |maternity |parental |sick )?(?:leave|vacation|holiday)",
    r"absence|absent|accusé de réception|avis d.absence|notification d.absence",
    r"thank you for (?:contacting|your (?:e-?mail|message|enquiry|inquiry))",
    r"abwesen\w*|eingangsbestätigung|(?:ich bin )?im urlaub",
    r"ausencia|ausência|assente|assenza|vacaciones|férias",
    r"frånvaro|fravær|ikke til stede|poissa|nieobecność|urlop|nepřítomnost|yıllık izin|izindeyim",
    r"в отпуске|отсутств\w*|у відпустці",
)
UNSURE_SUBJECT = re.compile(rf"\s*[*\"'(\[]?(?:{'|'.join(_UNSURE)})", re.IGNORECASE)
"""
Subjects that autoresponders use and parents too, who report a child absent.

They count only beside a field that a mail server adds to what it sends by itself.
"""

_SUFFIX = (
    r"automatic (?:response|reply)|auto[- ]?(?:reply|response)|out of (?:the )?office|"
    r"automatisch antwoord|afwezig|abwesend|automatische antwort|réponse automatique"
)
ABSENT_SUBJECT = re.compile(
    rf"\s*(?:\[[^\]]{{1,40}}\]\s*){{0,3}}[*\"'“«(<\[\s]{{0,5}}(?:{'|'.join(_SUBJECTS)})|"
    rf".{{0,250}}[(\[](?:{_SUFFIX})[)\]]\s*$",
    re.IGNORECASE,
)
"""Subjects of autoresponders; anchored, so that an answer to one (`Re: …`) is a person's."""

_OPENINGS = (
    r"dit is een automati(?:sch|sche)\b",
    r"this is an (?:auto|automatic|automated|automatically)[- ]?\w*",
    r"this (?:message|e-?mail|mail|reply|response) (?:is|was|has been) (?:auto|automatically|generated)\w*",
    r"\**\s*(?:auto|automatic|automated)[- ](?:reply|response|message|answer)\b",
    r"dies(?:e|es)? (?:ist eine automatisch|e-?mail wurde automatisch|nachricht wurde automatisch)\w*",
    r"ceci est (?:un|une) (?:message|réponse|mail|courriel) automatique",
    r"(?:ésta|esta|este) es (?:una?|el) (?:respuesta|mensaje|correo) automátic[ao]",
    r"questa è una risposta automatica|questo è un messaggio automatico",
    r"esta é uma (?:resposta|mensagem) automática",
    r"bu (?:bir )?otomatik (?:yanıt|bir|mesaj|cevap)\w*",
    r"to jest automatyczna (?:odpowiedź|wiadomość)",
    r"detta är ett automatiskt",
    r"dette er (?:en|et) automatisk",
    r"это автоматическ(?:ий|ое)",
    r"هذا رد تلقائي|هذه رسالة تلقائية",
)
ABSENT_BODY = re.compile(
    rf"(?:(?:dear|hello|hi|beste|geachte|hallo|bonjour|guten tag)\b[^\n]{{0,60}}\n\s*)?(?:{'|'.join(_OPENINGS)})",
    re.IGNORECASE,
)
"""First sentences of autoresponders that set no header and keep the subject."""
