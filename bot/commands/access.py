"""Who may do what: reading commands are for anyone in the channel, changes for those who manage it.

The platform is asked at each use: a permission that was taken away holds at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.values import CommandRequest
from bot.errors import DeliveryError, DestinationGone, NotAllowed, PermissionMissing
from bot.platform import Destination, Platform, PlatformName


@dataclass(frozen=True, slots=True)
class Access:
    """`users` and `roles`: ids that may change schedules, whatever they may manage."""

    platforms: Mapping[PlatformName, Platform]
    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    async def ensure_may_change(self, request: CommandRequest, target: Destination) -> None:
        """Raises NotAllowed unless the asker may change schedules of `target`; DeliveryError."""
        if target.tenant_id != request.destination.tenant_id:
            raise NotAllowed
        asker = request.asker
        if asker.user_id in self.users or asker.role_ids & self.roles:
            return
        try:
            rights = await self.platforms[target.platform].rights(target, asker.user_id)
        except DestinationGone:
            # What posts to a channel that is gone must still be removable.
            if not asker.may_manage:
                raise
            return
        if not rights.may_manage:
            raise NotAllowed

    async def may_read(self, request: CommandRequest, target: Destination) -> bool:
        """Whether the asker may know of `target`'s schedules: whoever sees the channel may."""
        if target == request.destination:
            return True
        if target.tenant_id != request.destination.tenant_id:
            return False
        asker = request.asker
        if asker.user_id in self.users or asker.role_ids & self.roles:
            return True
        try:
            rights = await self.platforms[target.platform].rights(target, asker.user_id)
        except DeliveryError:
            return asker.may_manage
        return rights.may_read or rights.may_manage

    async def ensure_can_post(self, target: Destination) -> None:
        """Raises PermissionMissing, naming what the bot lacks there; DestinationGone."""
        rights = await self.platforms[target.platform].rights(target)
        if rights.missing:
            raise PermissionMissing(target, ", ".join(rights.missing))
