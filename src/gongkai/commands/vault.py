"""密存：`gongkai vault` shows the keys, rotates them, and gives up old ones."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from gongkai.commands import start

if TYPE_CHECKING:
    from gongkai.vault.keyring import Key


def add(commands: Any) -> None:
    """Add `gongkai vault`."""
    command = commands.add_parser(
        "vault",
        help="管理密存个人信息的密钥",
        description="密存：查看密存个人信息的密钥，轮换密钥，注销旧密钥。\n"
        "密钥文件要与数据库分开备份：没有它，密存的内容再也打不开。",
        epilog="例：gongkai vault status\n"
        "    gongkai vault rotate            # 换新密钥，全部内容重新密封；中断后再执行即接着做\n"
        "    gongkai vault retire 5f0c19ab",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    what = command.add_subparsers(title="操作", metavar="操作", dest="what", required=True)
    what.add_parser("status", help="各密钥，以及各类内容在哪个密钥下")
    rotate = what.add_parser("rotate", help="换新密钥，并把全部内容重新密封；不影响网站运行")
    rotate.add_argument("--only-new", action="store_true", help="只换新密钥，以后再重新密封")
    retire = what.add_parser("retire", help="注销旧密钥；仍有内容用它密封时拒绝")
    retire.add_argument("key", metavar="密钥编号", help="8 位编号，见 gongkai vault status")
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0, or 1 when something sealed cannot be opened."""
    start()
    if args.what == "status":
        return _status()
    if args.what == "rotate":
        return _added() if args.only_new else _rotate()
    from gongkai.vault.rotation import retire

    key = retire(args.key)
    print(f"密钥 {key.id} 已注销。用它密封的旧备份从此打不开。")
    return 0


def _status() -> int:
    from django.conf import settings

    from gongkai.vault import keyring
    from gongkai.vault.rotation import counts

    ring = keyring.keyring()
    print(f"密钥文件：{settings.VAULT['keys']}")
    for key in ring.keys:
        print(f"  {_line(key)}")
    held = counts()
    print("密存的内容：" if held else "没有密存的内容。")
    outdated, lost = 0, set()
    for field, numbers in held.items():
        told = "，".join(f"{key} {number:,} 项" for key, number in sorted(numbers.items()))
        print(f"  {field.model._meta.label}.{field.name}（{field.verbose_name}）：{told or '无'}")
        outdated += numbers.total() - numbers[ring.current.id]
        lost |= numbers.keys() - ring.by_id.keys()
    if keyring.is_exposed():
        print("注意：同一台机器上的其他账号也能读密钥文件，请执行 chmod 600。")
    if ring.current.algorithm.value != settings.VAULT["cipher"]:
        print("注意：现用密钥的算法与设置 GONGKAI_VAULT_CIPHER 不同，轮换后生效。")
    if outdated:
        print(f"注意：有 {outdated:,} 项还在旧密钥下，请执行 gongkai vault rotate 重新密封。")
    if lost:
        print(f"有内容打不开：密钥文件里没有密钥 {'、'.join(sorted(lost))}，请恢复它的备份。")
    return 1 if lost else 0


def _line(key: Key) -> str:
    state = (
        f"{key.replaced.astimezone():%Y-%m-%d %H:%M} 停用，只用于打开" if key.replaced else "现用"
    )
    return f"{key.id}  {key.algorithm.label}  {key.created.astimezone():%Y-%m-%d} 建立  {state}"


def _added() -> int:
    from gongkai.vault import keyring

    key = keyring.add()
    print(f"现用密钥是 {key.id}（{key.algorithm.label}）。请备份密钥文件。")
    return 0


def _rotate() -> int:
    from rich.console import Console
    from rich.progress import Progress

    from gongkai.vault.rotation import begin, reseal, waiting

    key, again = begin()
    if again:
        print(f"上次轮换没有做完，接着做：密钥 {key.id}。")
    else:
        print(f"新密钥 {key.id}（{key.algorithm.label}）。请备份密钥文件。")
    problems: list[str] = []
    done = 0
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("重新密封", total=waiting())
        for step in reseal():
            done += step.done
            problems += step.problems
            bar.advance(task, step.done)
    for problem in problems:
        print(problem)
    print(
        f"已重新密封 {done:,} 条记录。" + (f"有 {len(problems):,} 项打不开。" if problems else "")
    )
    return 1 if problems else 0
