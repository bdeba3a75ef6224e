"""Whether a window can be shown here at all."""

from __future__ import annotations

import os
import sys


def no_screen() -> str | None:
    """Why no window can be shown here; None where one can."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return None
    return "这里没有图形显示（没有 DISPLAY），窗口没有打开；请在桌面环境里运行，或使用其他命令。"
