"""日期与数字的写法：as the desk and the portal write them."""
