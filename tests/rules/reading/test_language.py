"""Telling a document's language."""

from __future__ import annotations

import pytest

from rules.reading import read_bytes

_HEAD = "# Postmortem: Checkout outage\n\n- Severity: SEV-2\n- Status: draft\n- Authors: Ana Ruiz\n\n## Root cause\n\n"
_BODIES = {
    "en": "Pool too small. Increased the limit to 200, restarted workers, added an alert for the pool's wait time.",
    "de": "Der Verbindungspool war zu klein. Nach dem Deploy öffnete jede Instanz doppelt so viele Verbindungen.",
    "fr": "Le certificat avait expiré et le service de paiement a été indisponible pendant 40 minutes.",
    "es": "El certificado había caducado y el servicio de pagos dejó de responder a los clientes.",
    "pt": "O certificado expirou e o serviço de pagamentos ficou indisponível. A equipe reiniciou os pods em produção.",
    "it": "Il certificato è scaduto e il servizio dei pagamenti non ha risposto. Il team ha riavviato i pod.",
    "nl": "Het certificaat was verlopen en de betaaldienst was niet bereikbaar. Wij hebben het certificaat vernieuwd.",
    "pl": "Certyfikat wygasł i usługa płatności nie była dostępna. Zespół odnowił go, a potem zrestartował pody.",
    "ja": "データベースの接続プールが不足していました。10:25 にエラー率が上昇し、アラートが発報されました。",
    "zh": "数据库连接池过小,新的 worker 打开了 80 个连接,超过了 checkout 服务的限制,错误率上升,触发了告警。",
    "ko": "데이터베이스 연결 풀이 부족했습니다. 오류율이 상승하여 경보가 발생했습니다. 배포를 되돌렸습니다.",
    "ru": "Пул соединений с базой данных был слишком мал для новых воркеров checkout, сработал алерт.",
    "uk": "Пул з'єднань із базою даних був замалий для нових воркерів, і спрацювало сповіщення про помилки.",
}


@pytest.mark.parametrize("language", _BODIES)
def test_a_short_document_with_english_headings_is_told_by_its_text(language: str) -> None:
    assert read_bytes(f"{_HEAD}{_BODIES[language]}\n".encode()).language == language


def test_code_and_logs_tell_nothing() -> None:
    code = "```\n" + "der die und das nicht ist von mit ein eine\n" * 40 + "```\n"
    assert read_bytes(f"{_HEAD}{code}\n{_BODIES['en']}\n".encode()).language == "en"


@pytest.mark.parametrize(
    "text", ["", "# Postmortem: x\n", "## Timeline\n\n- 10:20 down\n- 10:40 up\n", "```\nls\n```\n"]
)
def test_too_little_text_tells_no_language(text: str) -> None:
    assert read_bytes(text.encode()).language is None


def test_a_few_foreign_words_do_not_change_an_english_document() -> None:
    text = _HEAD + _BODIES["en"] * 3 + " The tenant 株式会社 reported it, and so did Łódź and Müller.\n"
    assert read_bytes(text.encode()).language == "en"
