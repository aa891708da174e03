"""Icons: shipped drawings (Lucide), recoloured when loaded, kept per colour, size and screen density."""

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from iowscp_desktop.domain.shipped import shipped
from iowscp_desktop.ui.theme.current import colour
from iowscp_desktop.ui.theme.tokens import Role


class Icon(StrEnum):
    """Every drawing that comes with the program; the value is the file's name."""

    ARCHIVE = "archive"
    ARROW_LEFT = "arrow-left"
    ARROW_LEFT_RIGHT = "arrow-left-right"
    ARROW_RIGHT = "arrow-right"
    BADGE_CHECK = "badge-check"
    BOOK_OPEN = "book-open"
    BUILDING_2 = "building-2"
    CALENDAR = "calendar"
    CALENDAR_CLOCK = "calendar-clock"
    CAMERA = "camera"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_UP = "chevron-up"
    CIRCLE = "circle"
    CIRCLE_ALERT = "circle-alert"
    CIRCLE_CHECK_BIG = "circle-check-big"
    CIRCLE_DASHED = "circle-dashed"
    CIRCLE_QUESTION_MARK = "circle-question-mark"
    CLIPBOARD_CHECK = "clipboard-check"
    CLIPBOARD_PASTE = "clipboard-paste"
    CLOCK = "clock"
    CONTRAST = "contrast"
    COPY = "copy"
    DOWNLOAD = "download"
    ELLIPSIS = "ellipsis"
    EXTERNAL_LINK = "external-link"
    EYE = "eye"
    EYE_OFF = "eye-off"
    FILE = "file"
    FILE_ARCHIVE = "file-archive"
    FILE_CHART_COLUMN = "file-chart-column"
    FILE_PLUS = "file-plus"
    FILE_SPREADSHEET = "file-spreadsheet"
    FILE_TEXT = "file-text"
    FLAG = "flag"
    FOLDER_OPEN = "folder-open"
    GIT_COMPARE_ARROWS = "git-compare-arrows"
    GIT_MERGE = "git-merge"
    HANDSHAKE = "handshake"
    HISTORY = "history"
    HOURGLASS = "hourglass"
    HOUSE = "house"
    IMAGE = "image"
    INBOX = "inbox"
    INFO = "info"
    KEY_ROUND = "key-round"
    LAPTOP = "laptop"
    LAYOUT_GRID = "layout-grid"
    LIST = "list"
    LOCK = "lock"
    LOCK_OPEN = "lock-open"
    LOG_OUT = "log-out"
    MAP_PIN = "map-pin"
    MAXIMIZE_2 = "maximize-2"
    MENU = "menu"
    MESSAGE_SQUARE_TEXT = "message-square-text"
    MINUS = "minus"
    MOON = "moon"
    OCTAGON_ALERT = "octagon-alert"
    PACKAGE_OPEN = "package-open"
    PAPERCLIP = "paperclip"
    PENCIL = "pencil"
    PENCIL_LINE = "pencil-line"
    PLUS = "plus"
    PRINTER = "printer"
    REFRESH_CW = "refresh-cw"
    ROWS_3 = "rows-3"
    SCALE = "scale"
    SCHOOL = "school"
    SEARCH = "search"
    SEND = "send"
    SETTINGS = "settings"
    SHIELD_CHECK = "shield-check"
    SIGNATURE = "signature"
    SUN = "sun"
    TRASH_2 = "trash-2"
    TRENDING_UP = "trending-up"
    TRIANGLE_ALERT = "triangle-alert"
    UNDO_2 = "undo-2"
    UPLOAD = "upload"
    USER = "user"
    USERS = "users"
    WIFI_OFF = "wifi-off"
    X = "x"


def pixmap(icon: Icon, role: Role, size: int) -> QPixmap:
    """Return a square drawing, `size` device-independent pixels wide, in the colour of a role."""
    return _drawn(icon, colour(role).name(), size, QGuiApplication.primaryScreen().devicePixelRatio())


def paint_icon(painter: QPainter, icon: Icon, role: Role, rect: QRectF) -> None:
    """Draw an icon into the middle of a rectangle, as large as its shorter side."""
    size = int(min(rect.width(), rect.height()))
    ratio = painter.device().devicePixelRatioF()
    drawn = _drawn(icon, colour(role).name(), size, ratio)
    painter.drawPixmap(QPointF(rect.center().x() - size / 2, rect.center().y() - size / 2), drawn)


def qicon(icon: Icon, role: Role, size: int) -> QIcon:
    """Return an icon for Qt's own parts, such as the action inside a line edit."""
    return QIcon(pixmap(icon, role, size))


@lru_cache(maxsize=1024)
def _drawn(icon: Icon, hue: str, size: int, ratio: float) -> QPixmap:
    source = shipped("resources", "icons", f"{icon.value}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", hue).encode()))
    pixels = max(1, round(size * ratio))
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter)
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn
