// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

/// @dev The cheat codes of forge that are used here.
interface Vm {
    function envAddress(string calldata name) external view returns (address);
    function envUint(string calldata name) external view returns (uint256);
    function envOr(string calldata name, uint256 fallback_) external view returns (uint256);
    function envOr(string calldata name, bytes32 fallback_) external view returns (bytes32);
    function envOr(string calldata name, string calldata fallback_)
        external
        view
        returns (string memory);
    function envOr(string calldata name, string calldata separator, string[] calldata fallback_)
        external
        view
        returns (string[] memory);
    function readFile(string calldata path) external view returns (string memory);
    function writeFile(string calldata path, string calldata text) external;
    function createDir(string calldata path, bool recursive) external;
    function exists(string calldata path) external view returns (bool);
    function parseJsonBytes(string calldata json, string calldata key)
        external
        pure
        returns (bytes memory);
    function parseJsonBytes32(string calldata json, string calldata key)
        external
        pure
        returns (bytes32);
    function parseJsonString(string calldata json, string calldata key)
        external
        pure
        returns (string memory);
    function parseJsonAddress(string calldata json, string calldata key)
        external
        pure
        returns (address);
    function parseJsonUint(string calldata json, string calldata key)
        external
        pure
        returns (uint256);
    function parseJsonUintArray(string calldata json, string calldata key)
        external
        pure
        returns (uint256[] memory);
    function toString(address value) external pure returns (string memory);
    function toString(bytes32 value) external pure returns (string memory);
    function toString(bytes calldata value) external pure returns (string memory);
    function toString(uint256 value) external pure returns (string memory);
    function startBroadcast() external;
    function stopBroadcast() external;
}

/// @title Deploys generated verifiers, their fronts, a router and a registry
/// @notice From the published artifacts, at addresses that follow from what is deployed; deploy.mjs gives
/// the same ones. What is there already is left, so that a run that broke off can be repeated.
// forge script .../Deploy.s.sol --rpc-url URL --broadcast --slow --account NAME
// COVENANT_ADMIN, COVENANT_ROUTER_DELAY and COVENANT_REGISTRY_DELAY (seconds) must be set. COVENANT_SALT
// (32 bytes), COVENANT_SHAPES (small,medium,large), COVENANT_GAS_CAP, COVENANT_OUT (deployments/<chain
// id>.json) and COVENANT_PACKAGE (node_modules/@covenant/contracts) have defaults. It reads the package
// and writes COVENANT_OUT: see `fs_permissions` in the package's README.
contract Deploy {
    /// @notice The chain lacks the deterministic deployer.
    error NoDeployer(address deployer);
    /// @notice Nothing is at the address after its deployment.
    error NotDeployed(string name, address place);
    /// @notice Other code is at the address than the published one.
    error OtherCode(string name, address place);

    bool public constant IS_SCRIPT = true;
    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    /// @dev The deterministic deployment proxy, which most chains have.
    address private constant DEPLOYER = 0x4e59b44847b379578588920cA78FbF26c0B4956C;
    address private constant CONSOLE = 0x000000000000000000636F6e736F6c652e6c6f67;

    bytes32 private _salt;
    string private _package;
    string private _published;
    /// @dev Entries of the manifest's list so far.
    string private _entries;

    function run() external {
        require(DEPLOYER.code.length != 0, NoDeployer(DEPLOYER));
        address admin = VM.envAddress("COVENANT_ADMIN");
        uint256 routerDelay = VM.envUint("COVENANT_ROUTER_DELAY");
        uint256 registryDelay = VM.envUint("COVENANT_REGISTRY_DELAY");
        _salt = VM.envOr("COVENANT_SALT", bytes32(0));
        _package = VM.envOr("COVENANT_PACKAGE", string("node_modules/@covenant/contracts"));
        _published = VM.readFile(string.concat(_package, "/manifest.json"));

        string[] memory shapes = _shapes();
        address[] memory fronts = new address[](shapes.length);
        VM.startBroadcast();
        for (uint256 i; i < shapes.length; ++i) {
            fronts[i] = _front(shapes[i], i + 1);
        }
        address router =
            _deploy("CovenantRouter", abi.encode(admin, routerDelay, fronts), 0, "");
        address registry =
            _deploy("CovenantRegistry", abi.encode(router, registryDelay), 0, "");
        VM.stopBroadcast();
        // The registry's constructor deploys these two, as its first and its second.
        _list("CovenantRules", _created(registry, 1), "", 0, "");
        _list("CovenantIdentities", _created(registry, 2), "", 0, "");
        _write(admin, router, registry);
    }

    function _shapes() private view returns (string[] memory) {
        string[] memory all = new string[](3);
        (all[0], all[1], all[2]) = ("small", "medium", "large");
        return VM.envOr("COVENANT_SHAPES", ",", all);
    }

    function _front(string memory shape, uint256 version) private returns (address) {
        string memory key = string.concat(".verifiers.", shape);
        string memory circuit = VM.parseJsonString(_published, string.concat(key, ".circuit"));
        bytes32 codeHash = VM.parseJsonBytes32(_published, string.concat(key, ".codeHash"));
        string memory name = VM.parseJsonString(_published, string.concat(key, ".contract"));
        string memory quoted = string.concat(', "circuit": "', circuit, '"');
        address proof = _deploy(name, "", codeHash, quoted);
        bytes memory arguments = abi.encode(
            proof,
            codeHash,
            circuit,
            VM.parseJsonUint(_published, string.concat(key, ".accounts")),
            VM.parseJsonUint(_published, string.concat(key, ".assets")),
            VM.envOr("COVENANT_GAS_CAP", VM.parseJsonUint(_published, ".gasCap"))
        );
        string memory more = string.concat(quoted, ', "version": ', VM.toString(version));
        return _deploy("CovenantVerifier", arguments, 0, more);
    }

    /// @param expected The code's hash, where it has no immutables; 0 for none.
    /// @param more Fields of its entry.
    function _deploy(
        string memory name,
        bytes memory arguments,
        bytes32 expected,
        string memory more
    ) private returns (address place) {
        bytes memory code = bytes.concat(VM.parseJsonBytes(_artifact(name), ".bytecode"), arguments);
        place = _word(keccak256(abi.encodePacked(bytes1(0xff), DEPLOYER, _salt, keccak256(code))));
        if (place.code.length == 0) {
            (bool success,) = DEPLOYER.call(bytes.concat(_salt, code));
            require(success && place.code.length != 0, NotDeployed(name, place));
            _say(name, place, "deployed");
        } else {
            _say(name, place, "there already");
        }
        _list(name, place, arguments, expected, more);
    }

    /// @dev Checks the code and adds an entry.
    function _list(
        string memory name,
        address place,
        bytes memory arguments,
        bytes32 expected,
        string memory more
    ) private {
        require(place.code.length != 0, NotDeployed(name, place));
        string memory artifact = _artifact(name);
        bytes memory code = place.code;
        uint256[] memory places = VM.parseJsonUintArray(artifact, ".immutables");
        for (uint256 i; i < places.length; i += 2) {
            for (uint256 j; j < places[i + 1]; ++j) {
                code[places[i] + j] = 0;
            }
        }
        bytes32 published = keccak256(VM.parseJsonBytes(artifact, ".deployedBytecode"));
        require(
            keccak256(code) == published && (expected == 0 || place.codehash == expected),
            OtherCode(name, place)
        );
        _entries = string.concat(
            _entries,
            bytes(_entries).length == 0 ? "" : ",\n",
            string.concat('    { "name": "', name, '", "address": "', VM.toString(place)),
            string.concat('", "codeHash": "', VM.toString(place.codehash)),
            string.concat('", "arguments": "', VM.toString(arguments), '"', more, " }")
        );
    }

    function _write(address admin, address router, address registry) private {
        string memory out = VM.envOr(
            "COVENANT_OUT", string.concat("deployments/", VM.toString(block.chainid), ".json")
        );
        // The first block of a deployment stays what it was when it is run again.
        uint256 from = block.number;
        if (VM.exists(out)) {
            string memory old = VM.readFile(out);
            bool same = VM.parseJsonAddress(old, ".registry") == registry;
            if (same) from = VM.parseJsonUint(old, ".fromBlock");
        } else {
            VM.createDir(_folder(out), true);
        }
        string memory head = string.concat(
            '{\n  "format": "covenant-deployment/1",\n  "package": "',
            VM.parseJsonString(_published, ".package"),
            '",\n  "chainId": ',
            VM.toString(block.chainid),
            ',\n  "fromBlock": ',
            VM.toString(from)
        );
        string memory middle = string.concat(
            ',\n  "deployer": "',
            VM.toString(DEPLOYER),
            '",\n  "salt": "',
            VM.toString(_salt),
            '",\n  "admin": "',
            VM.toString(admin),
            '",\n  "router": "',
            VM.toString(router)
        );
        string memory tail = string.concat(
            '",\n  "registry": "',
            VM.toString(registry),
            '",\n  "contracts": [\n',
            _entries,
            "\n  ]\n}\n"
        );
        VM.writeFile(out, string.concat(head, middle, tail));
    }

    function _artifact(string memory name) private view returns (string memory) {
        return VM.readFile(string.concat(_package, "/artifacts/", name, ".json"));
    }

    /// @dev What a contract's nonce gives, below 128.
    function _created(address by, uint8 nonce) private pure returns (address) {
        return _word(keccak256(abi.encodePacked(bytes2(0xd694), by, nonce)));
    }

    function _word(bytes32 hash) private pure returns (address) {
        return address(uint160(uint256(hash)));
    }

    function _folder(string memory path) private pure returns (string memory) {
        bytes memory text = bytes(path);
        uint256 length = text.length;
        while (length != 0 && text[length - 1] != "/") --length;
        if (length == 0) return ".";
        bytes memory folder = new bytes(length - 1);
        for (uint256 i; i < folder.length; ++i) {
            folder[i] = text[i];
        }
        return string(folder);
    }

    /// @dev What forge prints.
    function _say(string memory name, address place, string memory state) private view {
        string memory line = string.concat(name, " ", VM.toString(place), ": ", state);
        // Whatever the console answers, it is nothing.
        (bool said,) = CONSOLE.staticcall(abi.encodeWithSignature("log(string)", line));
        said;
    }
}
