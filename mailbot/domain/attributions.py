"""How mail programs announce a quoted mail, language by language."""

# ruff: noqa: RUF001

import re

WROTE = (
    # Dutch, English, German, French, Spanish, Italian, Portuguese
    "schreef",
    "geschreven",
    "heeft geschreven",
    "wrote",
    "writes",
    "said",
    "sent",
    "schrieb",
    "schrieben",
    "geschrieben",
    "a écrit",
    "a ecrit",
    "écrit",
    "écrivait",
    "escribió",
    "escribio",
    "ha scritto",
    "scrive",
    "escreveu",
    "va escriure",
    "escribiu",
    "idatzi du",
    # Turkish, Polish, Czech, Slovak, Hungarian, Romanian, Bulgarian, the South Slavic ones
    "yazdı",
    "yazdi",
    "yazmış",
    "napisał",
    "napisała",
    "napisał(a)",
    "napisal",
    "pisze",
    "napsal",
    "napsala",
    "napsal(a)",
    "napísal",
    "napísal(a)",
    "írta",
    "a scris",
    "написа",
    "je napisao",
    "je napisao/la",
    "je napisala",
    "napisao",
    "је написао",
    "je napisal",
    # The northern ones
    "skrev",
    "skrifaði",
    "kirjoitti",
    "kirjutas",
    "rakstīja",
    "rašė",
    # Russian, Ukrainian, Greek, Albanian
    "написал",
    "написала",
    "написал(а)",
    "пишет",
    "писал",
    "писал(а)",
    "пише",
    "писав",
    "написав",
    "έγραψε",
    "shkroi",
    "ka shkruar",
    # Arabic, Persian, Hebrew, Urdu, Hindi
    "كتب",
    "كتبت",
    "تمت كتابة ما يلي بواسطة",
    "نوشت",
    "כתב",
    "כתב/ה",
    "כתבה",
    "מאת",
    "ने लिखा",
    # Chinese, Japanese, Korean, Vietnamese, Indonesian, Thai
    "写道",
    "寫道",
    "编写",
    "書きました",
    "のメール",
    "作成",
    "작성",
    "님이 작성",
    "đã viết",
    "menulis",
    "เขียนว่า",
)
"""The verb in the line before a quote."""

OPENINGS = (
    "on op am le el il em w dnia dne dňa den de på pe pa la data ngày vào pada στις в на у у "
    "a do tarihinde 在 于 am um since date"
).split()
"""The word such a line begins with, where the language has one."""

FROM = (
    "van from von de expéditeur expediteur da remitente mittente remetente kimden gönderen gonderen od fra "
    "från lähettäjä expedidor feladó felado nadawca odesílatel odosielateľ от від від від από 发件人 寄件者 寄件人 "
    "差出人 送信者 보낸사람 보낸이 من מאת từ dari afzender absender sender avsändare afsender avsender "
    "pošiljatelj šalje nuo no saatja frá от кого отправитель відправник di de la ŭd 보낸"
).split()
FROM_PHRASES = ("보낸 사람", "от кого", "de la", "người gửi", "từ", "saatja", "de parte de")

SENT = (
    "verzonden sent gesendet envoyé envoye enviado inviato gönderildi gönderme tarih skickat sendt lähetetty "
    "wysłano wysłane odesláno odoslané elküldve küldve отправлено надіслано στάλθηκε 发送时间 寄件日期 送信日時 "
    "보낸날짜 날짜 date datum data fecha dato dátum дата päivämäärä päiväys ημερομηνία 日期 日時 日付 التاريخ تاريخ "
    "תאריך נשלח ngày tanggal trimis poslano isprateno gesendet: verstuurd gepost tarihi"
).split()
SENT_PHRASES = (
    "date d'envoi",
    "date de l'envoi",
    "gönderme tarihi",
    "gönderilme tarihi",
    "data e ora",
    "보낸 날짜",
    "تاريخ الإرسال",
    "تم الإرسال",
    "enviado em",
    "enviado el",
    "enviada em",
    "envoyé le",
    "datum verzonden",
)

TO = (
    "aan to an à a para kime alıcı til till vastaanottaja do komu címzett către для кому до προς "
    "收件人 收件者 宛先 받는사람 받는이 إلى אל đến kepada za prima kam naar ontvanger empfänger destinataire "
    "destinatario mottagare modtager mottaker per alıcılar"
).split()
TO_PHRASES = ("받는 사람", "người nhận")

SUBJECT = (
    "onderwerp subject betreff objet objeto asunto oggetto assunto konu emne ämne arende ärende aihe temat předmět "
    "predmet tárgy subiect тема относно θέμα 主题 主旨 主題 件名 제목 الموضوع נושא chủ perihal subjek betr betreft sujet re"
).split()
SUBJECT_PHRASES = ("chủ đề", "tiêu đề")

COPY = (
    "cc bcc kopie kopi kopia kopia kopie copie copia cópia 抄送 副本 参照 참조 нусха копия копія نسخة עותק bilgi dw reply-to "
    "antwoord-aan beantwoorden antwort-an importance priority prioriteit belang attachments bijlagen anlagen "
    "organization organisation company"
).split()

ORIGINAL = (
    "original message",
    "original email",
    "original mail",
    "original text",
    "reply message",
    "oorspronkelijk bericht",
    "oorspronkelijke bericht",
    "origineel bericht",
    "originele bericht",
    "ursprüngliche nachricht",
    "ursprüngliche mail",
    "originalnachricht",
    "original-nachricht",
    "original nachricht",
    "message d'origine",
    "message original",
    "message d’origine",
    "courriel original",
    "mensaje original",
    "messaggio originale",
    "messaggio originario",
    "mensagem original",
    "missatge original",
    "orijinal ileti",
    "orijinal mesaj",
    "özgün ileti",
    "oryginalna wiadomość",
    "wiadomość oryginalna",
    "původní zpráva",
    "původní e-mail",
    "pôvodná správa",
    "eredeti üzenet",
    "mesaj original",
    "mesajul original",
    "originalmeddelelse",
    "oprindelig meddelelse",
    "oprindelig besked",
    "original meddelelse",
    "ursprungligt meddelande",
    "originalmeddelande",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "исходное сообщение",
    "первоначальное сообщение",
    "оригинальное сообщение",
    "вихідне повідомлення",
    "оригінальне повідомлення",
    "αρχικό μήνυμα",
    "原始邮件",
    "邮件原件",
    "原邮件",
    "原始郵件",
    "原寄件",
    "元のメッセージ",
    "original message-",
    "원본 메시지",
    "원본 메일",
    "الرسالة الأصلية",
    "רسالة أصلية",
    "ההודעה המקורית",
    "הודעה מקורית",
    "tin nhắn gốc",
    "izvorna poruka",
    "izvorno sporočilo",
    "originalna poruka",
    "pesan asli",
    "originaltext",
    "antwort nachricht",
    "antwortnachricht",
)
"""The words of `-----Original Message-----`."""

FORWARDED = (
    "doorgestuurd bericht",
    "begin doorgestuurd bericht",
    "doorgezonden bericht",
    "forwarded message",
    "begin forwarded message",
    "forwarded by",
    "doorgestuurd door",
    "weitergeleitete nachricht",
    "weitergeleitete e-mail",
    "anfang der weitergeleiteten",
    "anfang der weitergeleiteten nachricht",
    "message transféré",
    "message transfere",
    "début du message transféré",
    "début du message réexpédié",
    "message réexpédié",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "mensagem encaminhada",
    "mensagem reencaminhada",
    "início da mensagem reencaminhada",
    "iletilen mesaj",
    "iletilmiş mesaj",
    "yönlendirilmiş ileti",
    "yönlendirilen ileti",
    "iletilen ileti",
    "przekazana wiadomość",
    "wiadomość przekazana",
    "początek przekazywanej wiadomości",
    "přeposlaná zpráva",
    "přeposlaná zpráva",
    "začátek přeposílané zprávy",
    "preposlaná správa",
    "továbbított üzenet",
    "továbbított levél",
    "mesaj redirecționat",
    "mesaj redirectionat",
    "videresendt meddelelse",
    "videresendt besked",
    "videresendt melding",
    "start på videresendt besked",
    "vidarebefordrat meddelande",
    "vidarebefordrat mejl",
    "välitetty viesti",
    "edelleenlähetetty viesti",
    "пересланное сообщение",
    "пересылаемое сообщение",
    "начало переадресованного сообщения",
    "переслане повідомлення",
    "перенаправлене повідомлення",
    "προωθημένο μήνυμα",
    "转发的邮件",
    "转发邮件",
    "已转发邮件",
    "轉寄郵件",
    "轉寄的郵件",
    "転送メッセージ",
    "転送されたメッセージ",
    "전달된 메시지",
    "الرسالة المحولة",
    "رسالة مُعاد توجيهها",
    "رسالة معاد توجيهها",
    "הודעה שהועברה",
    "thư đã chuyển tiếp",
    "missatge reenviat",
    "proslijeđena poruka",
    "прослеђена порука",
    "posredovano sporočilo",
)
"""The words of `---------- Forwarded message ---------`."""

_DASHES = r"[-_=*~—–―─>|\s]"


def _either(words: tuple[str, ...] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


ORIGINAL_LINE = re.compile(
    rf"{_DASHES}{{2,}}(?:{_either(ORIGINAL)})[^\n]{{0,60}}?{_DASHES}*:?\s*$|"
    rf"{_DASHES}*(?:{_either(ORIGINAL)}){_DASHES}*:?\s*$|"
    rf"{_DASHES}{{2,}}\s*original message processed by\b.*$",
    re.IGNORECASE,
)
FORWARDED_LINE = re.compile(
    rf"{_DASHES}{{2,}}(?:{_either(FORWARDED)})[^\n]{{0,80}}$|"
    rf"{_DASHES}*(?:{_either(FORWARDED)}){_DASHES}*:?\s*$",
    re.IGNORECASE,
)
_BULLET = r"[\s*_>|•\ufeff\u200e\u200f\u202a-\u202e]*"
_COLON = r"[*_\s]*[:：][*_\s]*"
FROM_LABEL = re.compile(rf"{_BULLET}(?:{_either([*FROM, *FROM_PHRASES])}){_COLON}", re.IGNORECASE)
SENT_LABEL = re.compile(rf"{_BULLET}(?:{_either([*SENT, *SENT_PHRASES])}){_COLON}", re.IGNORECASE)
TO_LABEL = re.compile(rf"{_BULLET}(?:{_either([*TO, *TO_PHRASES])}){_COLON}", re.IGNORECASE)
SUBJECT_LABEL = re.compile(
    rf"{_BULLET}(?:{_either([*SUBJECT, *SUBJECT_PHRASES])}){_COLON}", re.IGNORECASE
)
COPY_LABEL = re.compile(rf"{_BULLET}(?:{_either(COPY)}){_COLON}", re.IGNORECASE)

VERB = re.compile(
    rf"(?:^|[\s,>)\]\"'”»’）\u200e\u200f\u202a-\u202e\d年月日])(?:{_either(list(WROTE))})(?=$|[\s:：,.(<\u200e\u200f\u202c])|"
    r"(?:写道|寫道|书きました|書きました|작성|님이)",
    re.IGNORECASE,
)
OPENING = re.compile(rf"{_BULLET}(?:{_either(OPENINGS)})[\s,]", re.IGNORECASE)
