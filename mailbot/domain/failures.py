"""The words in which mail servers report what became of a mail, language by language."""

# ruff: noqa: RUF001 - Turkish and Cyrillic letters are the content.

import re

_SENDERS = (
    r"mailer[-_.]?daemon",
    r"mail[-_.]?daemon",
    r"mdaemon",
    r"daemon",
    r"postmaster",
    r"post(?:-office|office)",
    r"mail[-_.]?(?:delivery[-_.]?)?(?:subsystem|system)",
    r"microsoftexchange[0-9a-f]+",
    r"bounces?",
    r"system[-_.]?administrator",
    r"mailadmin|mailmaster|mailsystem|mail-administrator",
)
REPORT_SENDER = re.compile(rf"(?:{'|'.join(_SENDERS)})(?:[-+._=][^@]*)?(?:@|$)", re.IGNORECASE)

_SUBJECTS = (
    r"undeliver(?:able|ed)",
    r"delivery (?:status )?(?:notification|report|failure|failed|problem|error|delay|receipt|unsuccessful|has failed)",
    r"mail (?:delivery|system|server|status) ?(?:failed|failure|error|problem|subsystem|report|notification|system|status)",
    r"(?:returned|rejected|failed|bounced) (?:mail|e-?mail|message)",
    r"mail returned",
    r"failure (?:notice|delivery|notification)",
    r"(?:message|e-?mail|mail) (?:delivery|status|not delivered|undeliver|could not be|delayed|rejected|returned|refused|bounced)",
    r"non[- ]?delivery",
    r"not[- ]delivered",
    r"(?:could|can)(?:not| not) (?:be )?deliver",
    r"unable to deliver",
    r"returning (?:your |message|mail)",
    r"warning: (?:could not send|message|e-?mail)",
    r"(?:delayed|delay) (?:mail|delivery)",
    r"user unknown|unknown (?:user|address|recipient)",
    r"problem delivering",
    r"automatically rejected|permanent (?:failure|error)|bounce(?:d)? (?:notification|message)",
    r"message you sent|nondeliverable|spam report|abuse report|complaint about",
    r"status of (?:your|the) (?:mail|message)",
    r"^\s*(?:mail|smtp|e-?mail) error",
    # Dutch, German, French
    (
        r"onbestelbaar|niet (?:afgeleverd|bezorgd|bestelbaar)|kan niet worden (?:afgeleverd|bezorgd)|"
        r"(?:bezorging|aflevering|bezorgen)\w* (?:mislukt|vertraagd|is mislukt|is vertraagd)|retour afzender"
    ),
    r"unzustellbar|nicht zustellbar|nicht zugestellt|zustellung|unzugestellt|fehler bei der zustellung",
    (
        r"non remis|non distribu|échec de (?:la )?(?:remise|livraison|distribution)|impossible de remettre|"
        r"notification d.état de remise|retard de (?:la )?remise|avis de non"
    ),
    # Spanish, Italian, Portuguese
    (
        r"no se puede entregar|no entregado|devuelto|entrega (?:fallida|retrasada)|error de entrega|"
        r"notificación de (?:estado|entrega)|no se ha podido entregar"
    ),
    r"non recapitabil|mancat[oa] (?:recapito|consegna)|recapito non|impossibile recapitare|avviso di mancat",
    r"não (?:foi )?entregue|não entregáve|falha na entrega|notificação (?:de|sobre) (?:status|estado|entrega)",
    # Turkish, Polish, Czech, the northern ones
    r"teslim edile?m|iletilemedi|teslimat (?:başarısız|durumu)",
    r"niedostarczon|nie dostarczono|niedoręczon|zwrot wiadomości",
    r"nedoručiteln|nedoručen|nepodařilo se doručit",
    (
        r"kan inte levereras|olevererbar|ej levererat|kunne ikke leveres|ikke leveret|kan ikke leveres|ei voitu toimittaa|"
        r"toimittaminen epäonnistui|perille toimittam"
    ),
    # Cyrillic, Asian scripts
    r"не удается доставить|недоставлен|не доставлено|сообщение не|неможливо доставити|не доставлений",
    r"メールエラー|エラー通知|送信エラー|配信(?:不能|できません|エラー)|送信できません|配達|不達|未送達|无法送达|未送达|退信|系統退信|系统退信|退回|傳遞失敗|投递失败|배달 실패|반송|배달되지",
    r"تعذر التسليم|غير قابل للتسليم|לא ניתן למסור",
)
REPORT_SUBJECT = re.compile("|".join(_SUBJECTS), re.IGNORECASE)

_TEXTS = (
    r"(?:could|can|was|were|did|has|have)(?:n't| not|not)(?: been| be)?(?: successfully)? (?:deliver|sent to|reach|relay)",
    r"(?:undeliverable|undelivered|non-delivery|delivery (?:has )?failed|delivery (?:failure|error|to the following))",
    r"(?:permanent|fatal|transient|delivery|temporary) (?:fatal )?(?:error|errors|failure)",
    r"(?:user|recipient|mailbox|account|address|addressee|host|domain)(?:'s)?\b[^\n]{0,60}\b(?:unknown|not found|does(?:n't| not) exist|unavailable|is full|disabled|rejected|invalid|over quota|inactive|not listed|is not a (?:known|valid))",
    r"(?:unknown|no such|(?:not a )?(?:valid|invalid)|bad|unrouteable|nonexistent) (?:final delivery )?(?:user|recipient|mailbox|account|address|host|domain|local part|addressee)",
    r"(?:message|mail)[^\n]{0,60}(?:was|is|has been|could) (?:not |being )?(?:returned|bounced|rejected|delayed|refused|undeliver\w+|automatically)",
    r"unable to (?:deliver|send|relay|process)|failed to deliver|not able to deliver|giving up|problem delivering|failed recipient",
    r"(?:reporting-mta|final-recipient|diagnostic-code|remote-mta)\s*:",
    r"(?:quota|storage|size) (?:limit )?(?:exceeded|exceed)",
    r"\b[45]\.\d\.\d{1,3}\b|\b55[0-4][ -]",
    r"returned to (?:the )?sender|mail delivery (?:system|subsystem)|delayed delivery|still trying|will (?:be retried|continue to try|keep trying|retry)",
    r"kon niet worden (?:afgeleverd|bezorgd)|kan niet worden (?:afgeleverd|bezorgd)|niet (?:afgeleverd|bezorgd)",
    r"nicht (?:zugestellt|zustellbar|zustellen)|konnte nicht|unzustellbar",
    r"n'a pas pu être (?:remis|livré|distribué|délivré)|non remis|impossible de (?:remettre|livrer)",
    r"no se (?:pudo|ha podido|puede) entregar|non (?:è stato|può essere|e' stato) (?:possibile )?(?:recapitat|consegnat|recapitare)|não (?:pôde|foi possível|pode) (?:ser )?entreg",
    r"配信(?:不能|できません|エラー|に失敗)|送信できません|届けることができ|ありませんでした|見つかりません|无法(?:送达|投递)|無法|退信|배달",
)
REPORT_TEXT = re.compile("|".join(_TEXTS), re.IGNORECASE)

DELAYED = re.compile(
    (
        r"\bdelay(?:ed)?\b|\bwarning\b|will (?:be )?retr|still trying|will (?:continue|keep) (?:to )?try|not yet been delivered|"
        r"vertraagd|verzögert|retardé|en retard|retrasad|ritard|gecikti|no action is required"
    ),
    re.IGNORECASE,
)
COMPLAINT_SUBJECT = re.compile(r"\s*complaint about message from\b", re.IGNORECASE)
"""Microsoft's feedback loop attaches the mail and says nothing else."""
ANSWERED = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|odp|ynt|rv|res|rif|fwd?|wg|doorst|tr|i)\s*(?:\[\d+\])?\s*:",
    re.IGNORECASE,
)
"""A subject that somebody answered or forwarded."""
